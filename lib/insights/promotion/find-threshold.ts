import { upperBound } from "../backtest/upper-bound";

/** One decided draft, as a limit on one number sees it. */
export interface Point {
  value: number;
  wrong: boolean;
}

/** What lies on the lax side of a limit, the limit itself included. */
export interface LimitEvidence {
  value: number;
  decided: number;
  wrong: number;
  bound: number;
}

export interface ThresholdSearch {
  /** The loosest limit that the tolerance bears; null when there is none. */
  best: LimitEvidence | null;
  /** How the bound goes with the limit, from the tightest on: at most `MOST_ON_CURVE` of the values seen. */
  curve: LimitEvidence[];
  /** The longest clean beginning: where more clean decisions would help. Null without any decision. */
  nearest: LimitEvidence | null;
}

const MOST_ON_CURVE = 160;

/**
 * Finds the loosest limit whose decisions bear it: the bound on the share of wrong ones up to it stays under the tolerance,
 * and no stretch just below it is worse than the tolerance by itself, so that many small right ones cannot pay for a few
 * large wrong ones. The limit is always a value that was seen, never beyond. `points` ascend; see `ascending`.
 *
 * With w wrong ones weighing (1 − tolerance) / tolerance right ones, a stretch is within the tolerance where right − weighed
 * wrong is not negative; no stretch below a limit is worse than it where that sum has its highest value so far.
 */
export function findThreshold(points: readonly Point[], tolerance: number): ThresholdSearch {
  const weight = (1 - tolerance) / tolerance;
  const limits: LimitEvidence[] = [];
  let best: LimitEvidence | null = null;
  let nearest: LimitEvidence | null = null;
  let highest = 0;
  let [right, wrong] = [0, 0];
  for (let at = 0; at < points.length; at++) {
    const { value } = points[at]!;
    if (points[at]!.wrong) wrong++;
    else right++;
    // Equal values come together: a limit cannot tell them apart.
    if (points[at + 1]?.value === value) continue;
    const limit = { value, decided: right + wrong, wrong, bound: upperBound(wrong, right + wrong) };
    limits.push(limit);
    const sum = right - weight * wrong;
    if (sum < highest) continue;
    highest = sum;
    nearest = limit;
    if (limit.bound < tolerance) best = limit;
  }
  return { best, nearest, curve: thinOut(limits, best) };
}

/** In order, so that those that a limit lets through come first: rising, or falling for a lower limit. */
export function ascending(points: readonly Point[], direction: "lte" | "gte"): Point[] {
  const sorted = [...points].sort((a, b) => a.value - b.value);
  return direction === "lte" ? sorted : sorted.reverse();
}

/** Evenly spread over the decisions, the best limit always among them. */
function thinOut(limits: readonly LimitEvidence[], best: LimitEvidence | null): LimitEvidence[] {
  if (limits.length <= MOST_ON_CURVE) return [...limits];
  const step = (limits.length - 1) / (MOST_ON_CURVE - 1);
  const kept = new Set(Array.from({ length: MOST_ON_CURVE }, (_, at) => limits[Math.round(at * step)]!));
  if (best) kept.add(best);
  return limits.filter((limit) => kept.has(limit));
}
