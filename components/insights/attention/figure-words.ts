import type { AttentionFigures } from "@/lib/insights/attention/types";
import { FEW_CASES } from "@/lib/insights/figures/rate";
import type { Rate } from "@/lib/insights/figures/types";

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** A share as a table has room for it; of few cases, the cases themselves. */
export const rateWords = (rate: Rate | null): string =>
  rate === null ? "—" : rate.of < FEW_CASES ? `${rate.count} of ${rate.of}` : percent(rate.share);

/** Between which shares it truly lies, 95 times of 100: "71–90 %". */
export const intervalWords = (rate: Rate | null): string =>
  rate === null ? "" : `${Math.round(rate.low * 100)}–${percent(rate.high)}`;

const secondsWord = (seconds: number): string =>
  seconds < 100 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;

/** The median, and the middle half around it. */
export const secondsWords = (
  seconds: AttentionFigures["seconds"],
): { median: string; spread: string } | null =>
  seconds && {
    median: secondsWord(seconds.median),
    spread: `${Math.round(seconds.low)}–${secondsWord(seconds.high)}`,
  };
