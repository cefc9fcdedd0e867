import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import type { Backtest } from "@/lib/insights/backtest/replay-policies";
import { percent } from "@/lib/insights/promotion/describe-promotion";

function Tile({
  label,
  value,
  tone,
  children,
}: {
  label: string;
  value: string;
  tone?: string;
  children: ReactNode;
}) {
  return (
    <div className="min-w-0 bg-surface px-3.5 py-3">
      <dt className="font-medium text-muted text-xs">{label}</dt>
      <dd className="mt-0.5">
        <span className={classNames("tabular block font-semibold text-xl leading-7 tracking-tight", tone)}>
          {value}
        </span>
        <span className="block text-muted text-xs">{children}</span>
      </dd>
    </div>
  );
}

const count = (value: number) => value.toLocaleString("en-US");

/** What would have run by itself, and what people had made of it. */
export function EvidenceTiles({
  backtest,
  tolerance,
}: {
  backtest: Omit<Backtest, "offences">;
  tolerance: number;
}) {
  const { added, attention, unknown, imported } = backtest;
  const { outcomes } = added;
  const wrongs = [
    [outcomes.rejected, "rejected"],
    [outcomes.changes_requested, "sent back"],
    [outcomes.edited, "edited"],
    [outcomes.overturned, "overturned"],
  ] as const;
  const parts = wrongs.filter(([number]) => number > 0).map(([number, word]) => `${count(number)} ${word}`);
  const isBorne = added.bound < tolerance;
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line lg:grid-cols-4">
      <Tile label="Would have run by themselves" value={count(added.drafts)}>
        {count(added.decided)} of them decided by people
        {unknown > 0 && `; ${count(unknown)} others stay with people, as facts are unknown`}
      </Tile>
      <Tile
        label="Wrong among the decided"
        value={count(added.wrong)}
        tone={added.wrong > 0 ? "text-bad" : undefined}
      >
        {parts.length > 0 ? parts.join(", ") : "People approved every one as it was proposed"}
      </Tile>
      <Tile
        label="Share of wrong ones, at most"
        value={percent(added.bound)}
        tone={isBorne ? "text-good" : "text-bad"}
      >
        With 95% confidence. Your tolerance is {percent(tolerance)}
      </Tile>
      <Tile label="Attention saved" value={attention ? `${count(Math.round(attention.minutes))} min` : "—"}>
        {attention
          ? `${count(attention.measured)} measured, ${count(attention.estimated)} by the median of ${Math.round(attention.medianSeconds ?? 0)} s`
          : "Nobody’s time was measured"}
      </Tile>
      {imported.drafts > 0 && (
        <div className="col-span-full bg-surface px-3.5 py-2 text-muted text-xs">
          Imported decisions: {count(imported.decided)}, of which {count(imported.wrong)} wrong. They count
          only where you ask for them.
        </div>
      )}
    </dl>
  );
}
