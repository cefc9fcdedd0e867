import { LAST_WORK_HOUR, type WorkHour } from "@/lib/insights/attention/types";
import { intervalWords, rateWords } from "./figure-words";

/** How long looks took from hour to hour of work. */
export function WorkHours({ hours }: { hours: readonly WorkHour[] }) {
  const longest = Math.max(...hours.map(({ medianSeconds }) => medianSeconds ?? 0), 1);
  return (
    <table className="w-full text-sm">
      <caption className="pb-1.5 text-left text-muted text-xs">
        Work begins anew after a pause of an hour. Shorter looks late in a stretch are a sign of fatigue.
      </caption>
      <thead>
        <tr className="border-b text-muted text-xs">
          <th scope="col" className="py-1 text-left font-medium">
            Hour
          </th>
          <th scope="col" className="py-1 text-left font-medium">
            Time for each, median
          </th>
          <th scope="col" className="py-1 pl-3 text-right font-medium">
            Decided
          </th>
          <th scope="col" className="py-1 pl-3 text-right font-medium">
            As proposed
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {hours.map(({ hour, decisions, medianSeconds, approved }) => (
          <tr key={hour}>
            <th scope="row" className="py-1.5 pr-3 text-left font-normal whitespace-nowrap">
              {hour === LAST_WORK_HOUR ? `${hour} and on` : hour}
            </th>
            <td className="w-1/2 py-1.5">
              {medianSeconds === null ? (
                <span className="text-muted">not measured</span>
              ) : (
                <span className="flex items-center gap-2">
                  <svg
                    aria-hidden="true"
                    className="block h-2 w-0 min-w-0 flex-1"
                    preserveAspectRatio="none"
                    viewBox="0 0 100 1"
                  >
                    <rect width={(medianSeconds / longest) * 100} height="1" className="fill-accent" />
                  </svg>
                  <span className="tabular w-12 shrink-0 text-right">{Math.round(medianSeconds)} s</span>
                </span>
              )}
            </td>
            <td className="tabular py-1.5 pl-3 text-right">{decisions.toLocaleString("en-US")}</td>
            <td className="tabular py-1.5 pl-3 text-right whitespace-nowrap">
              {rateWords(approved)}{" "}
              <span className="text-muted text-2xs max-sm:hidden">{intervalWords(approved)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
