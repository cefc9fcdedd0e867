import Link from "next/link";
import { formatUtc } from "@/components/ui/format-time";
import { Panel } from "@/components/ui/panel";
import type { PolicyVersions } from "@/lib/policy-files/list-versions";
import { Chip } from "./chip";
import { policyHref } from "./words";

/** The versions that were ever in force here, each with the way to what it changed. */
export function VersionHistory({ actionType, history }: { actionType: string; history: PolicyVersions }) {
  const { versions, countedAmong } = history;
  return (
    <Panel
      title="Versions"
      aside={
        countedAmong !== null && `drafts counted among the newest ${countedAmong.toLocaleString("en-US")}`
      }
    >
      <ul aria-label="Versions" className="divide-y">
        {versions.map((version, index) => {
          const former = versions[index + 1];
          return (
            <li key={version.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 py-1.5 text-sm">
              <code className="font-mono text-xs [overflow-wrap:anywhere]">{version.id}</code>
              {version.inForce && <Chip look="good">in force</Chip>}
              <span className="text-muted text-xs">recorded {formatUtc(version.recordedAt)}</span>
              <span className="tabular text-muted text-xs">{draftWords(version.drafts)}</span>
              {former && (
                <Link
                  href={compareHref(actionType, former.id, version.id)}
                  className="font-medium text-accent text-xs underline-offset-2 hover:underline sm:ml-auto"
                >
                  What changed
                </Link>
              )}
            </li>
          );
        })}
      </ul>
      {versions.length < 2 ? (
        <p className="text-muted text-xs">
          No other version has been recorded. The next one will stand here once it is in force.
        </p>
      ) : (
        <p className="mt-1 border-t pt-1.5">
          <Link
            href={compareHref(actionType, versions[1]!.id, versions[0]!.id)}
            className="font-medium text-accent text-sm underline-offset-2 hover:underline"
          >
            Compare any two versions
          </Link>
        </p>
      )}
    </Panel>
  );
}

function draftWords(drafts: number): string {
  return drafts === 1 ? "1 draft by it" : `${drafts.toLocaleString("en-US")} drafts by it`;
}

const compareHref = (actionType: string, from: string, to: string): string =>
  `${policyHref(actionType)}/compare?${new URLSearchParams({ from, to })}`;
