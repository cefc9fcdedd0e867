/**
 * How many lengths of time fell into which bucket. Buckets grow by the same factor, so that any quantile read from them
 * is within 2 % of the exact one; buckets of many days add up without loss. Bucket 0 is less than a second.
 */
export interface Spread {
  buckets: number[];
  counts: number[];
}

/** At most so far off, as a share of the exact value. */
export const RELATIVE_ERROR = 0.02;
const GROWTH = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
/** What SQL divides the natural logarithm of a number of seconds by. */
export const LN_GROWTH = Math.log(GROWTH);

export const EMPTY_SPREAD: Spread = { buckets: [], counts: [] };

/** How many buckets there are: the last is for a year and a half and more. */
export const BUCKETS = 448;

/** The bucket of a length of time, as figure SQL computes it: bucket n holds (growth^(n-1), growth^n] seconds. */
export const bucketOf = (seconds: number): number =>
  seconds < 1 ? 0 : Math.min(BUCKETS - 1, Math.max(1, Math.ceil(Math.log(seconds) / LN_GROWTH)));

/** A spread from how many there are in every bucket. */
export function spreadOf(dense: readonly number[]): Spread {
  const spread: Spread = { buckets: [], counts: [] };
  dense.forEach((count, bucket) => {
    if (count === 0) return;
    spread.buckets.push(bucket);
    spread.counts.push(count);
  });
  return spread;
}

/** The spreads added up. */
export function addSpreads(spreads: readonly Spread[]): Spread {
  const sums = new Map<number, number>();
  for (const { buckets, counts } of spreads) {
    buckets.forEach((bucket, at) => {
      sums.set(bucket, (sums.get(bucket) ?? 0) + counts[at]!);
    });
  }
  const buckets = [...sums.keys()].sort((a, b) => a - b);
  return { buckets, counts: buckets.map((bucket) => sums.get(bucket)!) };
}

/** How many lengths of time there are in all. */
export const sizeOf = ({ counts }: Spread): number => counts.reduce((sum, count) => sum + count, 0);

/** The seconds that the share `q` (0 to 1) of them did not exceed; null of none. */
export function quantileOf(spread: Spread, q: number): number | null {
  const size = sizeOf(spread);
  if (size === 0) return null;
  const rank = Math.max(1, Math.ceil(q * size));
  let seen = 0;
  for (const [at, bucket] of spread.buckets.entries()) {
    seen += spread.counts[at]!;
    if (seen >= rank) return bucket === 0 ? 0 : (2 * GROWTH ** bucket) / (GROWTH + 1);
  }
  throw new Error("the counts of a spread add up to its size");
}

/** From shortest to longest, how many fell between the edges (seconds, rising); the last for all beyond. */
export function histogramOf(spread: Spread, edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (const [at, bucket] of spread.buckets.entries()) {
    const seconds = bucket === 0 ? 0 : (2 * GROWTH ** bucket) / (GROWTH + 1);
    const edge = edges.findIndex((value) => seconds < value);
    counts[edge === -1 ? edges.length : edge]! += spread.counts[at]!;
  }
  return counts;
}
