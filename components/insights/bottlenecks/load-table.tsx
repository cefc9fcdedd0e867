import Link from "next/link";
import type { PersonLoad } from "@/lib/insights/bottlenecks/types";
import type { DaySpan } from "@/lib/insights/figures/period";
import { formatSeconds, formatShare } from "../figures/format-figures";
import { historyHref } from "../figures/history-href";
import { type BottleneckColumn, BottleneckTable, Count } from "./bottleneck-table";

const columnsFor = (span: DaySpan): BottleneckColumn<PersonLoad>[] => [
  {
    label: "Decided",
    hint: "What was taken back does not count",
    cell: ({ person, decided }) =>
      decided === 0 ? (
        <Count count={0} />
      ) : (
        <Link
          href={historyHref(span, { decidedBy: person.id })}
          prefetch={false}
          className="text-accent hover:underline hover:underline-offset-2"
        >
          {decided.toLocaleString("en")}
        </Link>
      ),
  },
  { label: "Of all", cell: ({ share, decided }) => (decided === 0 ? "—" : formatShare(share)) },
  {
    label: "May decide now",
    hint: "Drafts that wait and that they may decide at this moment",
    cell: ({ mayDecide }) => <Count count={mayDecide} />,
  },
  {
    label: "Only they",
    hint: "Of those, the ones that nobody else may decide",
    cell: ({ onlyThey }) => <Count count={onlyThey} />,
  },
  {
    label: "Time for each",
    hint: "The median on the screen",
    cell: ({ medianSeconds }) => (medianSeconds === null ? "—" : formatSeconds(medianSeconds)),
  },
  {
    label: "Time in all",
    hint: "On the screen, as far as it was measured",
    cell: ({ totalSeconds }) => (totalSeconds === 0 ? "—" : formatSeconds(totalSeconds)),
  },
];

/** What each person decided, and what waits for them. */
export function LoadTable({ people, span }: { people: readonly PersonLoad[]; span: DaySpan }) {
  return (
    <BottleneckTable
      label="Load by person"
      first={{
        label: "Person",
        cell: ({ person, isAway }) => (
          <>
            <Link
              href={`/organisation/people/${encodeURIComponent(person.id)}`}
              className="break-words hover:text-accent hover:underline"
            >
              {person.name}
            </Link>
            {isAway && <span className="ml-1.5 font-normal text-muted text-xs">away</span>}
          </>
        ),
      }}
      rows={people.map((row) => ({ key: row.person.id, row }))}
      columns={columnsFor(span)}
    />
  );
}
