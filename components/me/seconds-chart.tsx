import { classNames } from "@/components/ui/class-names";
import { withKeys } from "@/components/ui/with-keys";
import { SECONDS_STEPS } from "@/lib/drafts/seconds-steps";

const HEIGHT = 96;
const BAR = 40;
const GAP = 12;
const LABELS = [
  `under ${SECONDS_STEPS[0]}`,
  ...SECONDS_STEPS.slice(0, -1).map((from, index) => `${from}–${SECONDS_STEPS[index + 1]}`),
  `${SECONDS_STEPS.at(-1)} and more`,
];
/** Under the bars there is less room. */
const SHORT = [`< ${SECONDS_STEPS[0]}`, ...LABELS.slice(1, -1), `≥ ${SECONDS_STEPS.at(-1)}`];

/** How many decisions took how many seconds: as bars, and as the table that says the same. Null while it is read. */
export function SecondsChart({ spread }: { spread: number[] | null }) {
  const counts = spread ?? LABELS.map(() => 0);
  const most = Math.max(...counts, 1);
  const isEmpty = spread?.every((count) => count === 0) ?? false;
  const width = counts.length * (BAR + GAP) - GAP;
  return (
    <div>
      <p className="py-1 text-muted text-xs">
        {spread === null
          ? "Reading…"
          : isEmpty
            ? "No time was measured yet. It is once you decide from a draft's own screen or a batch."
            : "Decisions by how many seconds the draft was in sight before you decided it."}
      </p>
      <svg
        aria-hidden="true"
        viewBox={`0 -16 ${width} ${HEIGHT + 36}`}
        className={classNames("mt-1 h-auto w-full max-w-[24rem]", isEmpty ? "hidden" : "block")}
      >
        {withKeys(counts).map(({ key, value }) => {
          const height = value === 0 ? 1 : Math.max(3, (value / most) * HEIGHT);
          const x = key * (BAR + GAP);
          return (
            <g key={key}>
              <rect
                x={x}
                y={HEIGHT - height}
                width={BAR}
                height={height}
                rx={value === 0 ? 0 : 2}
                className={value === 0 ? "fill-line" : "fill-accent"}
              />
              {value > 0 && (
                <text
                  x={x + BAR / 2}
                  y={HEIGHT - height - 4}
                  textAnchor="middle"
                  className="tabular fill-ink text-[11px]"
                >
                  {value}
                </text>
              )}
              <text
                x={x + BAR / 2}
                y={HEIGHT + 14}
                textAnchor="middle"
                className="tabular fill-muted text-[10px]"
              >
                {SHORT[key]}
              </text>
            </g>
          );
        })}
      </svg>
      <table className="sr-only">
        <caption>Decisions by seconds on the screen</caption>
        <thead>
          <tr>
            <th scope="col">Seconds</th>
            <th scope="col">Decisions</th>
          </tr>
        </thead>
        <tbody>
          {withKeys(counts).map(({ key, value }) => (
            <tr key={key}>
              <th scope="row">{LABELS[key]}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
