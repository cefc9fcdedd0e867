import type { AttentionFigures } from "@/lib/insights/attention/types";
import { FEW_CASES } from "@/lib/insights/figures/rate";
import type { Rate } from "@/lib/insights/figures/types";

const percent = (share: number) => `${Math.round(share * 100)}%`;

/** A share as a table has room for it; of few cases, the cases themselves. */
export const rateWords = (rate: Rate | null): string =>
  rate === null ? "—" : rate.of < FEW_CASES ? `${rate.count} of ${rate.of}` : percent(rate.share);

/** Between which shares it truly lies, 95 times of 100: "71–90%". */
export const intervalWords = (rate: Rate | null): string =>
  rate === null ? "" : `${Math.round(rate.low * 100)}–${percent(rate.high)}`;

/** So many seconds are still said in seconds. */
const MOST_SECONDS = 100;

const secondsWord = (seconds: number): string =>
  seconds < MOST_SECONDS ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;

/** "5–60 s", "40 s–3 min". */
const spreadWords = (low: number, high: number): string =>
  low < MOST_SECONDS && high >= MOST_SECONDS
    ? `${secondsWord(low)}–${secondsWord(high)}`
    : `${secondsWord(low).split(" ")[0]}–${secondsWord(high)}`;

/** The median, and the middle half around it. */
export const secondsWords = (
  seconds: AttentionFigures["seconds"],
): { median: string; spread: string } | null =>
  seconds && {
    median: secondsWord(seconds.median),
    spread: spreadWords(seconds.low, seconds.high),
  };
