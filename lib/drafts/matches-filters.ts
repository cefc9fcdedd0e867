import { searchedWords, wordsOf } from "@/lib/search/words";
import type { InboxFilters } from "./inbox-filters";
import type { InboxItem } from "./types";

const HOUR_MS = 3_600_000;

/**
 * Whether an item passes the filters as far as a browser can tell, at `nowMs` since 1970. The server says the same, and
 * finds words of payloads and reasons besides; agents that are named by id are left to it.
 */
export function matchesFilters(item: InboxItem, filters: InboxFilters, nowMs: number): boolean {
  const { q, types, tiers, agents, subject, minAmount, maxAmount } = filters;
  const { olderThanHours, dueWithinHours, escalated, held } = filters;
  const whole = `${item.subject.type}:${item.subject.id}`;
  return (
    isAmong(types, item.actionType) &&
    isAmong(tiers, item.tier) &&
    (isAmong(agents, item.agentName) || agents!.some((agent) => agent.startsWith("agt_"))) &&
    (!subject || subject === whole || subject === item.subject.id) &&
    (minAmount === undefined || (item.amount !== null && item.amount >= minAmount)) &&
    (maxAmount === undefined || (item.amount !== null && item.amount <= maxAmount)) &&
    (olderThanHours === undefined || nowMs - Date.parse(item.createdAt) >= olderThanHours * HOUR_MS) &&
    (dueWithinHours === undefined || Date.parse(item.dueAt) - nowMs <= dueWithinHours * HOUR_MS) &&
    (!escalated || item.escalationLevel > 0) &&
    (!held || item.held) &&
    (!q || findsAll(item, q))
  );
}

const isAmong = (wanted: readonly string[] | undefined, value: string): boolean =>
  !wanted?.length || wanted.includes(value);

/** The words of an item, each after a space. Kept with the item: a list is searched at every key press. */
const textOf = new WeakMap<InboxItem, string>();

function findsAll(item: InboxItem, q: string): boolean {
  let text = textOf.get(item);
  if (text === undefined) {
    const { summary, title, actionType, agentName, subject, amount } = item;
    const amounts = amount === null ? [] : [String(amount), amount.toFixed(2)];
    const said = [summary, title, actionType, agentName, subject.type, subject.id, ...amounts].join(" ");
    text = ` ${[...wordsOf(said)].join(" ")}`;
    textOf.set(item, text);
  }
  const known = text;
  return searchedWords(q).every((word) => known.includes(` ${word}`));
}
