import { Panel } from "@/components/ui/panel";
import { formatCount, formatShare } from "./format-figures";

const LABELS = [
  "under 1 min",
  "1–5 min",
  "5–15 min",
  "15–60 min",
  "1–4 h",
  "4–24 h",
  "1–3 days",
  "3–7 days",
  "over 7 days",
];

/** How long people took to decide, as a table whose bars can be read at a glance. */
export function TimeSpread({ counts }: { counts: number[] }) {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const most = Math.max(1, ...counts);
  return (
    <Panel title="Time to decide" aside="from submission to a person’s decision">
      {all === 0 ? (
        <p className="py-3 text-muted text-sm">Nobody decided anything in these days.</p>
      ) : (
        <table aria-label="Time to decide" className="w-full border-collapse text-xs">
          <thead className="sr-only">
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Share</th>
              <th scope="col">Decisions</th>
            </tr>
          </thead>
          <tbody>
            {counts.map((count, at) => (
              <tr key={LABELS[at]}>
                <th scope="row" className="w-20 whitespace-nowrap py-0.5 text-left font-normal text-muted">
                  {LABELS[at]}
                </th>
                <td className="py-0.5 pl-2">
                  <span className="flex items-center gap-2">
                    <span
                      aria-hidden="true"
                      className="h-3 rounded-r-sm bg-accent"
                      style={{ width: `${(count / most) * 70}%`, minWidth: count > 0 ? 2 : 0 }}
                    />
                    <span className="tabular text-muted">{count > 0 && formatShare(count / all, all)}</span>
                  </span>
                </td>
                <td className="tabular w-14 py-0.5 text-right">{formatCount(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
