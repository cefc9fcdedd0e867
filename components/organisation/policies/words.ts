import type { Handling } from "@/lib/policy/compile-policy";
import type { PolicyAttributes } from "@/lib/policy/schema";
import type { Route } from "@/lib/policy/scrutiny";

/** What happens to a draft by its route, in words. */
export const ROUTE_WORDS: Record<Route, string> = {
  auto_execute: "runs by itself",
  execute_then_review: "runs by itself, a person looks afterwards",
  batch_review: "batch queue",
  named_approver: "named approver",
};

/** What approvers should know of an action type, as short words: the grave ones first. */
export function attributeWords(attributes: PolicyAttributes): { text: string; grave: boolean }[] {
  const { reversible, external, data_sensitivity: data } = attributes;
  return [
    ...(reversible === undefined
      ? []
      : [reversible ? { text: "reversible", grave: false } : { text: "irreversible", grave: true }]),
    ...(external ? [{ text: "external", grave: true }] : []),
    ...(data === undefined || data === "none" ? [] : [{ text: `${data} data`, grave: data === "secret" }]),
  ];
}

/** The time people have: "8 hours", "16 business hours". */
export function slaWords({ sla_hours, sla_in }: Pick<Handling, "sla_hours" | "sla_in">): string | null {
  if (sla_hours === null) return null;
  return `${hours(sla_hours)} ${sla_in === "business_hours" ? "business " : ""}${sla_hours === 1 ? "hour" : "hours"}`;
}

/** A step of the chain: "after 8 h". All are counted from submission, by the same clock as the time to decide. */
export const afterWords = (afterHours: number): string => `after ${hours(afterHours)} h`;

const hours = (value: number): string => value.toLocaleString("en-US", { maximumFractionDigits: 2 });

/** The address of one policy's page. */
export const policyHref = (actionType: string): string =>
  `/organisation/policies/${encodeURIComponent(actionType)}`;
