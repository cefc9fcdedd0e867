import jstat from "jstat";

export const CONFIDENCE = 0.95;

/**
 * The upper bound that a share is under with this confidence, one-sided, when `wrong` of `decided` independent cases were
 * wrong: Clopper and Pearson (Biometrika 26, 1934), exact for the binomial. With nothing decided it is 1: nothing is known.
 */
export function upperBound(wrong: number, decided: number, confidence = CONFIDENCE): number {
  if (wrong >= decided) return 1;
  // The quantile in closed form, where the library has to search for it.
  if (wrong === 0) return 1 - (1 - confidence) ** (1 / decided);
  return jstat.jStat.beta.inv(confidence, wrong + 1, decided - wrong);
}

/** More than this many, and there is no telling. */
const MOST_MORE = 10_000_000;

/**
 * How many more decisions it takes, all of them right, until the bound is under `tolerance`; 0 when it is already. With
 * none wrong it is the n of 1 − tolerance = (1 − confidence)^(1/n), rounded up: 59 for 5 % at 95 %.
 * Null for a tolerance that nothing reaches.
 */
export function cleanDecisionsNeeded(
  { wrong, decided }: { wrong: number; decided: number },
  tolerance: number,
  confidence = CONFIDENCE,
): number | null {
  const isUnder = (more: number) => upperBound(wrong, decided + more, confidence) < tolerance;
  if (isUnder(0)) return 0;
  let enough = 1;
  while (!isUnder(enough)) {
    enough *= 2;
    if (enough > MOST_MORE) return null;
  }
  let tooFew = enough >> 1;
  while (enough - tooFew > 1) {
    const middle = (tooFew + enough) >> 1;
    if (isUnder(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}
