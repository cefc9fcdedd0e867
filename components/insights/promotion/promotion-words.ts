import type { PromotionState } from "@/lib/insights/promotion/get-promotion";
import type { PromotionLimit } from "@/lib/insights/promotion/promotion-content";
import { factWords } from "@/lib/policy/explain";

/** The address of the wizard for one rule. */
export const wizardHref = (actionType: string, rule: string): string =>
  `/insights/promotions/new?${new URLSearchParams({ type: actionType, rule })}`;

export const promotionHref = (id: string): string => `/insights/promotions/${encodeURIComponent(id)}`;

/** A number as people write it, with its currency where it is the amount. */
export const numberWords = (value: number, fact: string, currency: string | null): string => {
  const isMoney = fact === "amount" && currency !== null && /^[A-Z]{3}$/.test(currency);
  // A limit is said to the last digit: rounded, it would be another.
  return value.toLocaleString("en-US", {
    maximumFractionDigits: 6,
    ...(isMoney ? { style: "currency", currency } : {}),
  });
};

/** A limit as words for a screen: "amount up to $120.25". */
export function limitWordsOf(limit: PromotionLimit, currency: string | null): string {
  const value = numberWords(limit.value, limit.fact, currency);
  const words = `${factWords(limit.fact)} ${limit.direction === "lte" ? "up to" : "at least"} ${value}`;
  if (!limit.only) return words;
  const kind = typeof limit.only.value === "boolean" ? (limit.only.value ? "yes" : "no") : limit.only.value;
  return `${words}, ${factWords(limit.only.fact)} is ${kind}`;
}

export const STATE_WORDS: Record<PromotionState, string> = {
  proposed: "Waits for a second person",
  accepted: "Accepted, not in force",
  in_force: "In force",
  ended: "Ended",
  declined: "Declined",
  withdrawn: "Withdrawn",
};

export const STATE_LOOKS: Record<PromotionState, string> = {
  proposed: "bg-warn-soft text-warn",
  accepted: "bg-accent-soft text-accent",
  in_force: "bg-good-soft text-good",
  ended: "bg-sunken text-muted",
  declined: "bg-bad-soft text-bad",
  withdrawn: "bg-sunken text-muted",
};
