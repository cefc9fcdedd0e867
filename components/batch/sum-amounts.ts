import { formatMoney } from "@/components/ui/format-value";

/** What some drafts come to in all, one sum for each currency; null when none has an amount. */
export function sumAmounts(
  items: readonly { amount: number | null; currency: string | null }[],
): string | null {
  const sums = new Map<string | null, number>();
  for (const { amount, currency } of items) {
    if (amount !== null) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  }
  if (sums.size === 0) return null;
  return [...sums].map(([currency, sum]) => formatMoney(sum, currency)).join(" + ");
}
