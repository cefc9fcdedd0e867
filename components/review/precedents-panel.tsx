import Link from "next/link";
import { useMemo } from "react";
import { formatLabel, formatMoney } from "@/components/ui/format-value";
import { HostileText } from "@/components/ui/hostile-text";
import { Panel } from "@/components/ui/panel";
import { Age } from "@/components/ui/time-left";
import type { Likeness, PrecedentView, ReviewScreen } from "@/lib/drafts/types";
import type { Schema } from "./drawing-hints";
import { type ChangeContext, FieldChanges } from "./field-changes";
import { OutcomeBadge } from "./outcome-badge";

const NO_SCHEMA: Schema = {};

/** The three nearest past decisions, and the nearest rejection when none of them is one. */
export function PrecedentsPanel({
  precedents,
  seen = null,
  currency,
  schema = NO_SCHEMA,
  amountFrom,
  serverNow,
}: {
  precedents: PrecedentView[];
  /** Whose screen they were on, once somebody has decided. */
  seen?: ReviewScreen["precedentsSeen"];
  currency: string | null;
  /** What the differences are drawn by. */
  schema?: Schema;
  amountFrom?: string | undefined;
  serverNow: number;
}) {
  const context = { schema, currency, amountFrom };
  const aside = seen ? `as ${seen.by} saw them` : "nearest first";
  return (
    <Panel title="Similar decisions" aside={precedents.length > 0 ? aside : undefined}>
      {precedents.length === 0 && (seen?.gone ?? 0) === 0 && (
        <p className="text-muted text-sm">
          {seen ? `There were none on the screen of ${seen.by}.` : "No similar decision yet."}
        </p>
      )}
      <ol className="divide-y">
        {precedents.map((precedent) => (
          <li key={precedent.exampleId} className="py-1.5 text-xs first:pt-0 last:pb-0">
            <Precedent precedent={precedent} context={context} serverNow={serverNow} />
          </li>
        ))}
      </ol>
      {seen !== null && seen.gone > 0 && (
        <p className="mt-1 text-muted text-xs">
          {seen.gone === 1 ? "One more that was shown" : `${seen.gone} more that were shown`} then has been
          taken back since.
        </p>
      )}
    </Panel>
  );
}

const LIKENESS: Record<Likeness, string> = {
  all_but_equal: "nearly the same",
  very_similar: "very similar",
  similar: "similar",
  somewhat_similar: "somewhat similar",
  hardly_similar: "hardly similar",
};

function Precedent({
  precedent,
  context,
  serverNow,
}: {
  precedent: PrecedentView;
  context: ChangeContext;
  serverNow: number;
}) {
  const { similarity, likeness } = precedent;
  return (
    <>
      {precedent.extra && <p className="mb-0.5 text-muted">The nearest rejection:</p>}
      <div className="flex items-center gap-x-2">
        <OutcomeBadge outcome={precedent.outcome} />
        {precedent.amount !== null && (
          <span className="tabular font-medium">{formatMoney(precedent.amount, context.currency)}</span>
        )}
        <span className="flex min-w-0 text-muted">
          <span className="truncate">
            <HostileText oneLine text={precedent.decidedBy ?? "somebody"} />
          </span>
          <span className="shrink-0 whitespace-pre">
            , <Age ago at={precedent.decidedAt} serverNow={serverNow} />
          </span>
        </span>
        {similarity !== null && likeness !== null && (
          <span className="ml-auto shrink-0 text-muted" title={`Cosine similarity ${similarity.toFixed(2)}`}>
            {LIKENESS[likeness]}
          </span>
        )}
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
      <Origin precedent={precedent} />
      <Differences precedent={precedent} context={context} />
    </>
  );
}

const POLICY: Record<PrecedentView["policy"], string> = {
  same: "same policy",
  in_force: "policy in force",
  former: "other policy",
};

/** What a precedent counts for: under which policy, by whose account, and whether it still stands in the library. */
function Origin({ precedent }: { precedent: PrecedentView }) {
  const { policy, policyVersionId, imported, withdrawn } = precedent;
  const version = policyVersionId.split("@").at(-1)?.slice(0, 7);
  return (
    <p className="float-right ml-3 text-muted">
      {withdrawn && (
        <span className="text-warn" title="Taken out of the library after this decision">
          withdrawn since ·{" "}
        </span>
      )}
      {imported && <span title="Decided elsewhere, before Countersign, and brought in">imported · </span>}
      <span title={`Decided under ${policyVersionId}`}>
        {POLICY[policy]} <span className="font-mono text-2xs">{version}</span>
      </span>
    </p>
  );
}

const SHOWN_AT_ONCE = 3;

/** Every case has its own: what else differs says more. */
const isIdentifier = (path: string): boolean => /(?:^|[_/])ids?(?:\/\d+)?$/.test(path);

/** What is not the same as here: from the decided payload to this one, field by field. */
function Differences({
  precedent: { differences },
  context,
}: {
  precedent: PrecedentView;
  context: ChangeContext;
}) {
  const changes = useMemo(
    () =>
      differences
        .map(({ path, here, there }) => ({ path, from: there, to: here }))
        .sort((one, other) => Number(isIdentifier(one.path)) - Number(isIdentifier(other.path))),
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
      <div className="clear-both mt-1 rounded-md bg-sunken px-2 py-1">
        <p className="mb-0.5 text-2xs text-muted">
          <del>then</del> → here
        </p>
        <FieldChanges changes={changes} context={context} />
      </div>
    </details>
  );
}
