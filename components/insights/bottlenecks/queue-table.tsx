import Link from "next/link";
import type { RuleQueue } from "@/lib/insights/bottlenecks/types";
import { formatSeconds } from "../figures/format-figures";
import { type BottleneckColumn, BottleneckTable, Count } from "./bottleneck-table";
import { namesOf } from "./words";

const COLUMNS: BottleneckColumn<RuleQueue>[] = [
  { label: "Waiting", cell: ({ waiting }) => <Count count={waiting} /> },
  { label: "Overdue", cell: ({ overdue }) => <Count count={overdue} isBad /> },
  {
    label: "Oldest",
    hint: "Since it came to this rule",
    cell: ({ oldestSeconds }) => formatSeconds(oldestSeconds),
  },
  {
    label: "Median",
    hint: "Half of them have waited longer",
    cell: ({ medianSeconds }) => formatSeconds(medianSeconds),
  },
  { label: "Due in 2 h", cell: ({ dueSoon }) => <Count count={dueSoon} /> },
  {
    label: "Escalated",
    hint: "Came here because nobody decided elsewhere in time",
    cell: ({ escalated }) => <Count count={escalated} />,
  },
  {
    label: "Too few people",
    hint: "Fewer people may decide them now than have to",
    cell: ({ stuck }) => <Count count={stuck} isBad />,
  },
  {
    label: "Asked now",
    isText: true,
    cell: ({ asked, asksNobody }) => (
      <>
        <span className="block whitespace-nowrap" title={asked.join(", ")}>
          {namesOf(asked)}
        </span>
        {asksNobody && asked.length > 0 && (
          <span className="block text-warn text-xs">not for every amount</span>
        )}
      </>
    ),
  },
];

/** What waits now, by the approver rule that it waits for. */
export function QueueTable({ queues }: { queues: readonly RuleQueue[] }) {
  return (
    <BottleneckTable
      label="Waiting now, by approver rule"
      first={{
        label: "Approver rule",
        cell: ({ rule }) => (
          <Link
            href={`/organisation/rules/${encodeURIComponent(rule)}`}
            className="break-words font-mono text-xs hover:text-accent hover:underline"
          >
            {rule}
          </Link>
        ),
      }}
      rows={queues.map((row) => ({ key: row.rule, row }))}
      columns={COLUMNS}
    />
  );
}
