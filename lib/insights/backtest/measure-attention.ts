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
  const known = all.flatMap(({ seconds, imported }) => (seconds === null || imported ? [] : [seconds]));
  if (known.length === 0) return null;
  const medianSeconds = median(known);
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

function median(values: number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
