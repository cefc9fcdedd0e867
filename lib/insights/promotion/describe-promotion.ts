import { factWords } from "@/lib/policy/explain";
import type { Backtest } from "../backtest/replay-policies";
import type { PromotionContent, PromotionLimit } from "./promotion-content";

/** A limit as words: "amount up to 120.5, vip is yes". */
export function limitWords({ fact, direction, value, only }: PromotionLimit): string {
  const limit = `${factWords(fact)} ${direction === "lte" ? "up to" : "from"} ${value}${direction === "gte" ? " on" : ""}`;
  if (!only) return limit;
  const kind = typeof only.value === "boolean" ? (only.value ? "yes" : "no") : only.value;
  return `${limit}, ${factWords(only.fact)} is ${kind}`;
}

/** A share as percent with the digits that tell. */
export const percent = (share: number): string =>
  `${(share * 100).toLocaleString("en-US", { maximumFractionDigits: share < 0.1 ? 1 : 0 })}%`;

/** The first line of the commit, short enough for a list. */
export const subjectOf = ({ actionType, limit, leaseUntil }: PromotionContent): string =>
  `${actionType}: ${limitWords(limit)} runs by itself until ${leaseUntil}`;

/** The reasoning, for the commit and for whoever reviews it. */
export function reasoningOf(
  content: PromotionContent,
  people: { proposedBy: string; reason: string; acceptedBy: string; acceptedReason: string },
): string {
  const { rule, tolerance, backtest, history, sampleReview, leaseUntil } = content;
  const { added } = backtest;
  const [since, until] = [content.since.slice(0, 10), content.until.slice(0, 10)];
  return [
    `So far people review this by the rule "${rule.name}" (${rule.when}).`,
    `From ${since} to ${until} (drafts submitted, UTC) that rule had ${history.drafts} drafts, of which people decided ${history.decided}. ` +
      `Up to the limit ${added.drafts} would have run by themselves; people had decided ${added.decided} of those, and ` +
      `rejected, sent back, edited or overturned ${added.wrong}.`,
    `So the share of wrong ones is under ${percent(added.bound)} with 95% confidence (Clopper-Pearson, one-sided); ` +
      `the tolerance is ${percent(tolerance)}.${content.includeImported ? " Imported decisions count." : ""}`,
    ...attentionLine(backtest),
    `${percent(sampleReview)} of what runs is checked afterwards; one that is overturned holds the rule back at once. ` +
      `After ${leaseUntil} it falls back to review by itself.`,
    ...(content.replacedRules ?? []).map(
      ({ name, until, isHeld }) =>
        `It takes the place of the rule "${name}", whose permission is until ${until}.${isHeld ? " That rule is held back: once this is in force, release the hold, or everything of the action type waits for people." : ""}`,
    ),
    ...(content.movedCases.length
      ? [
          `Golden cases that come out otherwise now:\n${content.movedCases.map((name) => `- ${name}`).join("\n")}`,
        ]
      : []),
    ...(content.removedChecks.length
      ? [
          `Checks of attention that would run by themselves, and are taken out:\n${content.removedChecks.map((name) => `- ${name}`).join("\n")}`,
        ]
      : []),
    `Proposed by ${people.proposedBy}:\n${quote(people.reason)}`,
    `Accepted by ${people.acceptedBy}:\n${quote(people.acceptedReason)}`,
    `Promotion: ${content.id}`,
  ].join("\n\n");
}

function attentionLine({ attention }: Backtest): string[] {
  if (!attention || attention.minutes < 1) return [];
  return [
    `People gave them about ${Math.round(attention.minutes)} minutes (${attention.measured} measured, ${attention.estimated} by the median).`,
  ];
}

const quote = (text: string): string =>
  text
    .split("\n")
    .map((line) => `> ${line}`)
    .join("\n");
