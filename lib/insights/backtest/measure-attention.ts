import type { PastCase } from "./past-case";

/** The time that people gave to drafts. */
export interface Attention {
  minutes: number;
  /** Drafts whose time was measured, and those that the median of the others stands for. */
  measured: number;
  estimated: number;
  medianSeconds: number | null;
}

/**
 * The minutes that people gave to the drafts of `saved` that they decided before anything ran. Where nobody measured, the
 * median of what was measured of `all` stands for it; null where nothing was measured at all.
 */
export function measureAttention(saved: readonly PastCase[], all: readonly PastCase[]): Attention | null {
  const asked = saved.filter(({ outcome, imported }) => !imported && isAskedFirst(outcome));
  const known = new Float64Array(all.length);
  let count = 0;
  for (const { seconds, imported } of all) if (seconds !== null && !imported) known[count++] = seconds;
  if (count === 0) return null;
  const medianSeconds = median(known.subarray(0, count));
  const measured = asked.filter(({ seconds }) => seconds !== null);
  const seconds = measured.reduce((sum, each) => sum + each.seconds!, 0);
  const estimated = asked.length - measured.length;
  return {
    minutes: (seconds + estimated * medianSeconds) / 60,
    measured: measured.length,
    estimated,
    medianSeconds,
  };
}

const isAskedFirst = (outcome: PastCase["outcome"]): boolean =>
  outcome !== null && outcome !== "upheld" && outcome !== "overturned";

/** Sorts what it is given. */
function median(values: Float64Array): number {
  values.sort();
  const middle = values.length >> 1;
  return values.length % 2 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
}
