import type { ReactNode } from "react";
import type { AttentionFigures } from "@/lib/insights/attention/types";
import { secondsWords } from "./figure-words";
import { RateCell } from "./rate-cell";

const COLUMNS: { label: string; hint: string; cell: (figures: AttentionFigures) => ReactNode }[] = [
  {
    label: "Decided",
    hint: "Drafts decided, and looks at what ran by itself. What was taken back does not count.",
    cell: ({ decisions }) => <span className="tabular">{decisions.toLocaleString("en-US")}</span>,
  },
  {
    label: "Time for each",
    hint: "The median on the screen, and the middle half of all.",
    cell: ({ seconds }) => <SecondsCell seconds={seconds} />,
  },
  {
    label: "In batches",
    hint: "Decided along with others.",
    cell: ({ inBatches }) => <RateCell rate={inBatches} />,
  },
  {
    label: "Quicker than asked",
    hint: "Of approvals: before the reading time that the policy asks for.",
    cell: ({ quick }) => <RateCell rate={quick} />,
  },
  {
    label: "Approved as proposed",
    hint: "Of decisions.",
    cell: ({ approved }) => <RateCell rate={approved} />,
  },
  {
    label: "Samples overturned",
    hint: "Of looks afterwards at what ran by itself.",
    cell: ({ overturned }) => <RateCell rate={overturned} />,
  },
  {
    label: "Checks caught",
    hint: "Of checks of attention.",
    cell: ({ caught }) => <RateCell rate={caught} />,
  },
];

function SecondsCell({ seconds }: { seconds: AttentionFigures["seconds"] }) {
  const words = secondsWords(seconds);
  if (!words) return <span className="text-muted">—</span>;
  return (
    <span className="tabular block whitespace-nowrap" title={`${seconds?.timed} were measured`}>
      {words.median}
      <span className="block text-muted text-2xs">{words.spread}</span>
    </span>
  );
}

/** What each column counts, in words. */
export const ATTENTION_MEANINGS = COLUMNS.map(({ label, hint }) => ({ label, meaning: hint }));

/** Figures of attention, a row for each person or action type. */
export function AttentionTable({
  label,
  first,
  rows,
}: {
  label: string;
  /** What the rows are. */
  first: string;
  rows: { key: string; head: ReactNode; figures: AttentionFigures; below?: ReactNode }[];
}) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on a phone, by keyboard too
      tabIndex={0}
      className="overflow-x-auto rounded-lg border bg-surface"
    >
      <table aria-label={label} className="w-full border-collapse text-sm">
        <thead>
          <tr className="border-b bg-sunken text-muted text-xs">
            <th scope="col" className="sticky left-0 bg-sunken px-3 py-1.5 text-left font-medium">
              {first}
            </th>
            {COLUMNS.map((column) => (
              <th
                key={column.label}
                scope="col"
                title={column.hint}
                className="px-3 py-1.5 text-right font-medium"
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        {rows.map(({ key, head, figures, below }) => (
          <tbody key={key} className="border-line border-t first:border-t-0">
            <tr>
              <th
                scope="row"
                className="sticky left-0 max-w-56 bg-surface px-3 py-2 text-left align-top font-medium"
              >
                {head}
              </th>
              {COLUMNS.map(({ label: name, cell }) => (
                <td key={name} className="px-3 py-2 text-right align-top">
                  {cell(figures)}
                </td>
              ))}
            </tr>
            {below && (
              <tr>
                <td colSpan={COLUMNS.length + 1} className="px-3 pb-2.5">
                  <div className="sticky left-3 w-[min(48rem,calc(100vw-4.5rem))]">{below}</div>
                </td>
              </tr>
            )}
          </tbody>
        ))}
      </table>
    </section>
  );
}
