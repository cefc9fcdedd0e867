import { FEW_CASES } from "@/lib/insights/figures/rate";
import type { SeriesStep } from "@/lib/insights/figures/types";

const MOST_POINTS = 12;
/** A share of fewer cases jumps about: its point is left out. */
const LEAST_CASES = 5;

/** The approval rate along a period, in at most twelve stretches. */
export interface TrendPoint {
  from: string;
  to: string;
  /** Null where too few were decided. */
  share: number | null;
}

/** What a small line shows; null where too few cases are there to speak of a course. */
export function trendPoints(steps: readonly SeriesStep[]): TrendPoint[] | null {
  const size = Math.ceil(steps.length / MOST_POINTS);
  const points: TrendPoint[] = [];
  let all = 0;
  for (let end = steps.length; end > 0; end -= size) {
    const some = steps.slice(Math.max(0, end - size), end);
    const approved = some.reduce((sum, step) => sum + step.approved + step.edited, 0);
    const reviewed = some.reduce((sum, step) => sum + step.rejected + step.changesRequested, approved);
    all += reviewed;
    points.unshift({
      from: some[0]!.from,
      to: some.at(-1)!.to,
      share: reviewed < LEAST_CASES ? null : approved / reviewed,
    });
  }
  const known = points.filter(({ share }) => share !== null).length;
  return all < FEW_CASES || known < 3 ? null : points;
}
