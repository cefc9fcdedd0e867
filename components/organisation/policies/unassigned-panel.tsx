import { TriangleAlert } from "lucide-react";
import { formatUtc } from "@/components/ui/format-time";
import { HostileText } from "@/components/ui/hostile-text";
import type { UnassignedActionType } from "@/lib/policy-files/list-policies";

/** What agents asked for and no policy covers, and what to do about it; nothing while there is none. */
export function UnassignedPanel({ types }: { types: UnassignedActionType[] }) {
  if (types.length === 0) return null;
  return (
    <section
      aria-label="Action types without a policy"
      className="mb-4 rounded-lg border border-l-4 border-l-warn bg-surface px-3 py-2.5"
    >
      <h2 className="flex items-center gap-1.5 font-medium text-sm">
        <TriangleAlert aria-hidden="true" className="size-4 shrink-0 text-warn" />
        Agents asked for actions that no policy covers
      </h2>
      <p className="mt-0.5 max-w-3xl text-muted text-sm">
        Every such draft is refused. To allow one, add a folder{" "}
        <code className="font-mono text-xs">policies/{"<name>"}</code> with policy.json, policy.md,
        schema.json and cases.json, and restart. To refuse it for good, let its policy.json say{" "}
        <code className="font-mono text-xs">"prohibited": true</code>. The file{" "}
        <code className="font-mono text-xs">docs/policies.md</code> of the repository explains the language.
      </p>
      <ul className="mt-1.5 divide-y text-sm">
        {types.map((type) => (
          <li key={type.actionType} className="flex flex-wrap items-baseline gap-x-3 py-1">
            <code className="min-w-0 font-mono text-xs">
              <HostileText text={type.actionType} />
            </code>
            <span className="text-muted text-xs">
              {type.submissions === 1
                ? "asked once"
                : `asked ${type.submissions.toLocaleString("en-US")} times`}
              {type.agentName !== null && `, last by ${type.agentName}`}, {formatUtc(type.lastAt)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
