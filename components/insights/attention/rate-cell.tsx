import type { Rate } from "@/lib/insights/figures/types";
import { intervalWords, rateWords } from "./figure-words";

/** A share with its interval under it. */
export function RateCell({ rate }: { rate: Rate | null }) {
  if (rate === null) return <span className="text-muted">—</span>;
  return (
    <span className="tabular block whitespace-nowrap" title={`${rate.count} of ${rate.of}`}>
      {rateWords(rate)}
      <span className="block text-muted text-2xs">{intervalWords(rate)}</span>
    </span>
  );
}
