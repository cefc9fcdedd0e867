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
  const medianSeconds = medianOf(all);
  if (medianSeconds === null) return null;
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

/** The median of the whole seconds that were measured, counted rather than sorted; null where none were. */
function medianOf(cases: readonly PastCase[]): number | null {
  const counts: number[] = [];
  let count = 0;
  for (const { seconds, imported } of cases) {
    if (seconds === null || imported) continue;
    counts[seconds] = (counts[seconds] ?? 0) + 1;
    count++;
  }
  if (count === 0) return null;
  const upper = nth(counts, count >> 1);
  return count % 2 ? upper : (nth(counts, (count >> 1) - 1) + upper) / 2;
}

/** The value at a place, from 0, in the order of size. */
function nth(counts: readonly number[], place: number): number {
  let before = 0;
  // Holes of a sparse array are passed over.
  for (const value in counts) {
    before += counts[value]!;
    if (before > place) return Number(value);
  }
  return 0;
}
