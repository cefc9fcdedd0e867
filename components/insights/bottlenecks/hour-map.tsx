import { classNames } from "@/components/ui/class-names";
import type { HourCell } from "@/lib/insights/bottlenecks/types";
import { WEEKDAYS } from "./words";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** From few to many that ran out of time. */
const SHADES = ["bg-bad/20", "bg-bad/40", "bg-bad/60", "bg-bad/85"];
const MOST_NAMED = 3;

const clock = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;

/** At which hours of the week those drafts had come on which the time ran out later. */
export function HourMap({ cells, zone }: { cells: readonly HourCell[]; zone: string }) {
  const byHour = new Map(cells.map((cell) => [cell.weekday * 24 + cell.hour, cell]));
  const most = Math.max(...cells.map(({ lapsed }) => lapsed), 1);
  const worst = cells
    .filter(({ lapsed }) => lapsed > 0)
    .toSorted((one, other) => other.lapsed - one.lapsed)
    .slice(0, MOST_NAMED);
  return (
    <figure className="rounded-lg border bg-surface px-3 py-2.5">
      <table className="w-full table-fixed border-separate border-spacing-px text-2xs">
        <caption className="pb-2 text-left text-xs">
          <span className="font-medium">When they came</span>{" "}
          <span className="text-muted">
            Each draft that ran out of time, by the hour in which it began to wait ({zone}).
          </span>
        </caption>
        <thead>
          <tr className="text-muted">
            <th scope="col" className="w-8">
              <span className="sr-only">Day</span>
            </th>
            {HOURS.map((hour) => (
              <th key={hour} scope="col" className="tabular text-left font-normal">
                <span className={hour % 6 === 0 ? undefined : "sr-only"}>{hour}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {WEEKDAYS.map((name, index) => (
            <tr key={name}>
              <th scope="row" className="text-left font-normal text-muted">
                {name}
              </th>
              {HOURS.map((hour) => (
                <Cell
                  key={hour}
                  cell={byHour.get((index + 1) * 24 + hour)}
                  most={most}
                  at={`${name} ${clock(hour)}`}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <figcaption className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-muted text-xs">
        <span className="inline-flex items-center gap-1">
          none
          {["bg-sunken", ...SHADES].map((shade) => (
            <span key={shade} aria-hidden="true" className={classNames("size-3 rounded-sm border", shade)} />
          ))}
          {most}
        </span>
        {worst.length > 0 && (
          <span>
            Most:{" "}
            {worst
              .map(
                ({ weekday, hour, lapsed, drafts }) =>
                  `${WEEKDAYS[weekday - 1]} ${clock(hour)} (${lapsed} of ${drafts})`,
              )
              .join(", ")}
          </span>
        )}
      </figcaption>
    </figure>
  );
}

function Cell({ cell, most, at }: { cell: HourCell | undefined; most: number; at: string }) {
  const { lapsed = 0, drafts = 0 } = cell ?? {};
  const shade = lapsed === 0 ? "bg-sunken" : SHADES[Math.ceil((lapsed / most) * SHADES.length) - 1];
  return (
    <td title={`${at}: ${lapsed} of ${drafts}`} className={classNames("h-4 rounded-sm", shade)}>
      {drafts > 0 && (
        <span className="sr-only">
          {lapsed} of {drafts}
        </span>
      )}
    </td>
  );
}
