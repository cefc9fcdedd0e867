import type { SeriesStep } from "@/lib/insights/figures/types";
import { formatShare } from "./format-figures";
import { trendPoints } from "./trend-points";

const WIDTH = 64;
const HEIGHT = 18;

/** The approval rate along the period, from 0 to 100 %; nothing where too few cases are there to speak of a course. */
export function Sparkline({ steps }: { steps: readonly SeriesStep[] }) {
  const points = trendPoints(steps);
  if (!points) return null;
  const placed = points.map(({ share }, at) => ({
    share,
    x: 2 + (at / (points.length - 1)) * (WIDTH - 4),
    y: share === null ? null : HEIGHT - 2 - share * (HEIGHT - 4),
  }));
  const path = placed
    .flatMap(({ x, y }, at) => {
      if (y === null) return [];
      const isJoined = at > 0 && placed[at - 1]!.y !== null;
      return [`${isJoined ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`];
    })
    .join("");
  const known = placed.filter(({ y }) => y !== null);
  const [first, last] = [known[0]!, known.at(-1)!];
  return (
    <svg
      role="img"
      aria-label={`Approval rate from ${formatShare(first.share!)} to ${formatShare(last.share!)} along the period`}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="h-[18px] w-16 shrink-0 text-accent"
    >
      <line x1="0" x2={WIDTH} y1="2" y2="2" stroke="var(--color-line)" />
      <path
        d={path}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <circle cx={last.x} cy={last.y!} r="2" fill="currentColor" />
    </svg>
  );
}
