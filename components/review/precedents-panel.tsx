import Link from "next/link";
import { useMemo } from "react";
import { formatLabel, formatMoney } from "@/components/ui/format-value";
import { HostileText } from "@/components/ui/hostile-text";
import { Panel } from "@/components/ui/panel";
import { Age } from "@/components/ui/time-left";
import type { PrecedentView } from "@/lib/drafts/types";
import type { Schema } from "./drawing-hints";
import { type ChangeContext, FieldChanges } from "./field-changes";
import { OutcomeBadge } from "./outcome-badge";

const NO_SCHEMA: Schema = {};

/** The three nearest past decisions, and the nearest rejection when none of them is one. */
export function PrecedentsPanel({
  precedents,
  currency,
  schema = NO_SCHEMA,
  amountFrom,
  serverNow,
}: {
  precedents: PrecedentView[];
  currency: string | null;
  /** What the differences are drawn by. */
  schema?: Schema;
  amountFrom?: string | undefined;
  serverNow: number;
}) {
  const context = { schema, currency, amountFrom };
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
            <Differences precedent={precedent} context={context} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

const SHOWN_AT_ONCE = 3;

/** What is not the same as here: from the decided payload to this one, field by field. */
function Differences({
  precedent: { differences },
  context,
}: {
  precedent: PrecedentView;
  context: ChangeContext;
}) {
  const changes = useMemo(
    () => differences.map(({ path, here, there }) => ({ path, from: there, to: here })),
    [differences],
  );
  if (changes.length === 0) return <p className="font-medium text-muted">The same payload.</p>;
  const names = changes.map(({ path }) => formatLabel(path.split("/").at(-1) ?? "").toLowerCase());
  const more = names.length - SHOWN_AT_ONCE;
  return (
    <details>
      <summary className="foreign text-accent">
        Differs in {names.slice(0, SHOWN_AT_ONCE).join(", ")}
        {more > 0 && ` and ${more} more`}
      </summary>
      <div className="mt-1 rounded-md bg-sunken px-2 py-1">
        <p className="mb-0.5 text-2xs text-muted">
          <del>then</del> → here
        </p>
        <FieldChanges changes={changes} context={context} />
      </div>
    </details>
  );
}
