import Link from "next/link";
import type { LapsedRule } from "@/lib/insights/bottlenecks/types";
import type { DaySpan } from "@/lib/insights/figures/period";
import { RateCell } from "../attention/rate-cell";
import { historyHref } from "../figures/history-href";
import { type BottleneckColumn, BottleneckTable, Count } from "./bottleneck-table";

const columnsFor = (span: DaySpan): BottleneckColumn<LapsedRule>[] => [
  {
    label: "Out of time",
    hint: "The share, with its 95% interval",
    cell: ({ rate }) => <RateCell rate={rate} />,
  },
  {
    label: "Waited",
    hint: "Drafts that stopped waiting in the period",
    cell: ({ rate }) => <Count count={rate.of} />,
  },
  {
    label: "Late",
    hint: "Escalated, expired, or decided after it was due: each once",
    cell: ({ lapsed }) => <Count count={lapsed} />,
  },
  { label: "Escalated", cell: ({ escalated }) => <Count count={escalated} /> },
  {
    label: "Expired",
    hint: "Nobody decided; nothing was executed",
    cell: ({ expired, actionType, rule }) =>
      expired === 0 ? (
        <Count count={0} />
      ) : (
        <Link
          href={historyHref(span, { types: [actionType], rules: [rule], outcomes: ["expired"] })}
          prefetch={false}
          className="font-semibold text-bad hover:underline hover:underline-offset-2"
        >
          {expired}
        </Link>
      ),
  },
  {
    label: "Asks",
    isText: true,
    cell: ({ approverRule }) => (
      <Link
        href={`/organisation/rules/${encodeURIComponent(approverRule)}`}
        className="font-mono text-xs hover:text-accent hover:underline"
      >
        {approverRule}
      </Link>
    ),
  },
];

/** Where the time ran out, by action type and rule of its policy. */
export function LapseTable({ rows, span }: { rows: readonly LapsedRule[]; span: DaySpan }) {
  return (
    <BottleneckTable
      label="Out of time, by rule"
      first={{
        label: "Action type and rule",
        cell: ({ actionType, title, rule }) => (
          <>
            <Link
              href={`/insights/types/${encodeURIComponent(actionType)}`}
              className="break-words hover:text-accent hover:underline"
            >
              {title}
            </Link>
            <span className="block font-normal text-muted text-xs">{rule}</span>
          </>
        ),
      }}
      rows={rows.map((row) => ({ key: `${row.actionType} ${row.rule} ${row.approverRule}`, row }))}
      columns={columnsFor(span)}
    />
  );
}
