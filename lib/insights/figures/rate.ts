import type { Rate } from "./types";

/** The standard normal quantile of 97.5 %. */
const Z = 1.959963984540054;

/** Fewer cases than this say too little to speak of a change. */
export const FEW_CASES = 20;

/** The share of `count` in `of` with its 95 % score interval (Wilson, 1927), which holds for few cases too; null of none. */
export function rateOf(count: number, of: number): Rate | null {
  if (of === 0) return null;
  const share = count / of;
  const z2 = Z * Z;
  const middle = (share + z2 / (2 * of)) / (1 + z2 / of);
  const half = (Z * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of))) / (1 + z2 / of);
  // At the ends the interval begins or ends exactly there; floating point would miss it by a hair.
  const low = count === 0 ? 0 : Math.max(0, middle - half);
  const high = count === of ? 1 : Math.min(1, middle + half);
  return { count, of, share, low, high };
}

/**
 * By how much a share has changed, in points (0.05 is five percentage points), and whether chance alone would do that
 * once in twenty times (two-proportion test). Null when either period has few cases.
 */
export function changeOf(
  now: Rate | null,
  before: Rate | null,
): { points: number; isBeyondChance: boolean } | null {
  if (!now || !before || now.of < FEW_CASES || before.of < FEW_CASES) return null;
  const points = now.share - before.share;
  const pooled = (now.count + before.count) / (now.of + before.of);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / now.of + 1 / before.of));
  return { points, isBeyondChance: error > 0 && Math.abs(points) / error > Z };
}
