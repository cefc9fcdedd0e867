/** What amounts are usually like: their median, and the median of how far they lie from it. */
export interface Spread {
  median: number;
  /** The median absolute deviation. */
  deviation: number;
  count: number;
}

/** Iglewicz & Hoaglin (1993) call what lies beyond this an outlier: it holds for small samples and skewed ones too. */
const MOST_SCORE = 3.5;
/** The score of a normal distribution's standard deviation. */
const NORMAL = 0.6745;
/** Closer than this share of the median nothing is worth a look, however alike the others are. */
const NEAR = 0.2;
/** Where most amounts are equal there is no deviation to measure by: half the median away is far then. */
const FAR_FROM_EQUALS = 0.5;

/** The spread of some numbers; null when there is none. */
export function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  const median = medianOf(values);
  return {
    median,
    deviation: medianOf(values.map((value) => Math.abs(value - median))),
    count: values.length,
  };
}

/** Whether a value lies far from where the others are, by its modified z-score. */
export function isFar(value: number, { median, deviation }: Spread): boolean {
  const distance = Math.abs(value - median);
  if (distance <= NEAR * Math.abs(median)) return false;
  if (deviation === 0) return distance > FAR_FROM_EQUALS * Math.abs(median);
  return (NORMAL * distance) / deviation > MOST_SCORE;
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
