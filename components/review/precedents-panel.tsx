import Link from "next/link";
import { formatMoney, formatPlain } from "@/components/ui/format-value";
import { HostileText } from "@/components/ui/hostile-text";
import { Panel } from "@/components/ui/panel";
import { Age } from "@/components/ui/time-left";
import type { PrecedentView } from "@/lib/drafts/types";
import { OutcomeBadge } from "./outcome-badge";

/** The three nearest past decisions, and the nearest rejection when none of them is one. */
export function PrecedentsPanel({
  precedents,
  currency,
  serverNow,
}: {
  precedents: PrecedentView[];
  currency: string | null;
  serverNow: number;
}) {
  return (
    <Panel title="Similar decisions" aside={precedents.length > 0 ? "nearest first" : undefined}>
      {precedents.length === 0 && <p className="text-muted text-sm">No similar decision yet.</p>}
      <ol className="divide-y">
        {precedents.map((precedent) => (
          <li key={precedent.exampleId} className="py-1.5 text-xs first:pt-0 last:pb-0">
            {precedent.extra && <p className="mb-0.5 text-muted">The nearest rejection:</p>}
            <div className="flex items-center gap-x-2">
              <OutcomeBadge outcome={precedent.outcome} />
              {precedent.amount !== null && (
                <span className="tabular font-medium">{formatMoney(precedent.amount, currency)}</span>
              )}
              <span className="min-w-0 truncate text-muted">
                {precedent.decidedBy ?? "somebody"},{" "}
                <Age ago at={precedent.decidedAt} serverNow={serverNow} />
              </span>
              <span
                className="tabular ml-auto shrink-0 text-muted"
                title="Cosine similarity of the two drafts"
              >
                {Math.round(precedent.similarity * 100)} % alike
              </span>
            </div>
            <p className="mt-0.5 line-clamp-2">
              <Link
                href={`/inbox/${precedent.draftId}`}
                prefetch={false}
                className="hover:underline hover:underline-offset-2"
              >
                <HostileText text={precedent.summary} />
              </Link>
              {precedent.reason && (
                <span className="text-muted">
                  {" "}
                  “<HostileText text={precedent.reason} />”
                </span>
              )}
            </p>
            <Differences precedent={precedent} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Differences({ precedent: { differences } }: { precedent: PrecedentView }) {
  if (differences.length === 0) return <p className="text-muted">The same payload.</p>;
  return (
    <details>
      <summary className="truncate text-accent">
        Differs in {differences.map(({ path }) => path.slice(1)).join(", ")}
      </summary>
      <table className="mt-1 w-full border-collapse">
        <thead>
          <tr className="text-left text-muted">
            <th scope="col" className="py-0.5 pr-2 font-medium">
              Field
            </th>
            <th scope="col" className="py-0.5 pr-2 font-medium">
              Here
            </th>
            <th scope="col" className="py-0.5 font-medium">
              Then
            </th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ path, here, there }) => (
            <tr key={path} className="border-t align-baseline">
              <td className="py-0.5 pr-2 text-muted">{path.slice(1)}</td>
              <td className="tabular py-0.5 pr-2">
                <HostileText text={formatPlain(here)} />
              </td>
              <td className="tabular py-0.5">
                <HostileText text={formatPlain(there)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
