import Link from "next/link";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { HostileText } from "@/components/ui/hostile-text";
import type { Period } from "@/lib/insights/figures/period";
import { periodParams } from "@/lib/insights/figures/period-params";
import type { Dimension, FigureRow, Rate, Series } from "@/lib/insights/figures/types";
import { ChangeMark } from "./change-mark";
import { formatCount, formatInterval, formatRate, NONE } from "./format-figures";
import { rowHistoryHref } from "./row-history-href";

export interface FigureTableSetting {
  by: Dimension;
  period: Pick<Period, "preset" | "from" | "to">;
  /** The course of each action type, drawn small beside its rate. */
  series?: Series["byType"];
  /** What each rule asks, in words. */
  details?: Readonly<Record<string, string>>;
}

/** What a row is of. */
export const nameOf = ({ rule, agent, title }: FigureRow) =>
  agent?.name ?? (rule === null ? title : rule || "no rule");

/** A row's name, and where more of it is. */
export function Name({
  row,
  by,
  period,
  details,
}: { row: FigureRow } & Pick<FigureTableSetting, "by" | "period" | "details">) {
  const link = "font-medium hover:underline";
  if (by === "agent") {
    return (
      <Link
        href={`/organisation/agents/${encodeURIComponent(row.agent!.id)}`}
        prefetch={false}
        className={link}
      >
        <HostileText text={row.agent!.name} oneLine />
      </Link>
    );
  }
  if (by === "rule") {
    const asks = details?.[row.rule ?? ""];
    return (
      <>
        <span className="block truncate font-medium">{nameOf(row)}</span>
        {asks && (
          <span title={asks} className="line-clamp-2 text-2xs text-muted">
            {asks}
          </span>
        )}
      </>
    );
  }
  return (
    <Link
      href={`/insights/types/${encodeURIComponent(row.actionType)}?${periodParams(period)}`}
      prefetch={false}
      className={classNames(link, "text-accent")}
    >
      {row.title}
    </Link>
  );
}

/** How many were decided, with the drafts behind it. */
export function Decided({ row, period }: { row: FigureRow } & Pick<FigureTableSetting, "period">) {
  const before = `${formatCount(row.before.decided)} before`;
  const count = formatCount(row.now.decided);
  const href = rowHistoryHref(period, row);
  if (!href) return <TwoLines first={count} second={before} />;
  return (
    <TwoLines
      first={
        <Link
          href={href}
          prefetch={false}
          aria-label={`${count} decided: list them`}
          className="underline decoration-line underline-offset-2 hover:decoration-current"
        >
          {count}
        </Link>
      }
      second={before}
    />
  );
}

/** A share with its interval; how it has moved only beyond chance. */
export function RateCell({ now, before }: { now: Rate | null; before: Rate | null }) {
  if (!now) return <None />;
  return (
    <div className="min-w-16">
      <span className="block">{formatRate(now)}</span>
      <span className="block text-2xs text-muted">{formatInterval(now)}</span>
      <ChangeMark now={now} before={before} onlyBeyondChance />
    </div>
  );
}

/** A figure, and what goes with it. */
export const TwoLines = ({ first, second }: { first: ReactNode; second: string | null }) => (
  <>
    <span className="block">{first}</span>
    {second && <span className="block whitespace-nowrap text-2xs text-muted">{second}</span>}
  </>
);

/** A number that is quiet where it is none. */
export const Count = ({ value }: { value: number }) => (
  <span className={value === 0 ? "text-muted" : undefined}>{formatCount(value)}</span>
);

/** Where there is nothing to count. */
export const None = () => (
  <span className="text-muted">
    <span aria-hidden="true">{NONE}</span>
    <span className="sr-only">nothing decided</span>
  </span>
);
