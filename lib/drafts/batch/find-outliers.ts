import { factWords } from "@/lib/policy/explain";
import type { FactChange, Outcome } from "../types";
import { findUsual } from "./find-usual";
import { isFar, type Spread, spreadOf } from "./measure-distance";
import { sayMoney, sayValue, shorten } from "./say-value";

/** What there is to know of one draft when it is compared with others of its action type and rule. */
export interface Candidate {
  id: string;
  amount: number | null;
  currency: string | null;
  subject: { type: string; id: string };
  /** Nothing was drafted about this subject before. */
  subjectIsNew: boolean;
  agentName: string;
  requestedBy: string | null;
  /** Who changed the payload before it got here. */
  editedBy: string | null;
  /** The facts that its policy looked at, each under its column; an unknown one has the value null. */
  facts: { column: string; name: string; value: unknown }[];
  factChanges: FactChange[];
  /** The most similar past decision. */
  nearest: { outcome: Outcome; reason: string | null } | null;
  /** What cannot be seen in its text, or looks like something else. */
  hidden: { passages: number; mixedWords: string[] };
}

/** Why a draft is not decided along with the others. */
export interface AsideReason {
  /** The column it is about: `amount`, `subject` or that of a fact; null for the draft as a whole. */
  column: string | null;
  sentence: string;
}

/** The spread of amounts that people approved lately, by currency. */
export type FormerAmounts = ReadonlyMap<string | null, Spread>;

/** Fewer than this many say nothing of what is usual. */
const LEAST_HERE = 5;
const LEAST_BEFORE = 10;
/** What is known of so many should be known of all. */
const MOSTLY = 0.7;

type Check = (candidate: Candidate) => AsideReason[];

/**
 * Says of each draft of one action type and rule why somebody should look at it by itself, in sentences; nothing of those
 * that are like the others. Neither the order of the drafts nor that of their facts makes a difference.
 */
export function findOutliers(
  candidates: readonly Candidate[],
  before: FormerAmounts = new Map(),
): Map<string, AsideReason[]> {
  const checks = [
    checkAmounts(candidates, before),
    checkTraits(candidates),
    checkFacts(candidates),
    checkAlone,
  ];
  return new Map(candidates.map((each) => [each.id, checks.flatMap((check) => check(each))]));
}

function checkAmounts(candidates: readonly Candidate[], before: FormerAmounts): Check {
  const currencies = new Set(candidates.map(({ currency }) => currency));
  const here: FormerAmounts = new Map(
    [...currencies].flatMap((currency) => {
      const amounts = candidates.flatMap((each) =>
        each.currency === currency && each.amount !== null ? [each.amount] : [],
      );
      const spread = spreadOf(amounts);
      return spread ? [[currency, spread] as const] : [];
    }),
  );
  const say = (candidate: Candidate, spreads: FormerAmounts, least: number, where: string): AsideReason[] => {
    const { amount, currency } = candidate;
    const spread = spreads.get(currency);
    if (amount === null || !spread || spread.count < least || !isFar(amount, spread)) return [];
    const { median, count } = spread;
    const far =
      median > 0 && amount > median ? `${timesWords(amount / median)} the median` : "far below the median";
    const sentence = `${sayMoney(amount, currency)} is ${far} of the ${count} ${where}, ${sayMoney(median, currency)}.`;
    return [{ column: "amount", sentence }];
  };
  return (candidate) => [
    ...say(candidate, here, LEAST_HERE, "here"),
    ...say(candidate, before, LEAST_BEFORE, "approved in the last 90 days"),
  ];
}

const timesWords = (times: number) => `${times < 10 ? times.toFixed(1) : Math.round(times)} times`;

/** A subject, currency, agent or requester unlike what most have. */
function checkTraits(candidates: readonly Candidate[]): Check {
  const all = candidates.length;
  const isNew = findUsual(candidates.map(({ subjectIsNew }) => subjectIsNew));
  const currency = findUsual(candidates.map((each) => each.currency));
  const agent = findUsual(candidates.map(({ agentName }) => agentName));
  const requester = findUsual(candidates.map(({ requestedBy }) => requestedBy));
  const others = (usual: { value: string | null; count: number }) =>
    `${usual.count} of the ${all} here have ${usual.value === null ? "none" : shorten(usual.value, 60)}`;

  return (each) => {
    const reasons: AsideReason[] = [];
    if (each.subjectIsNew && isNew?.standsOut(true)) {
      const { type, id } = each.subject;
      reasons.push({
        column: "subject",
        sentence: `A new subject: nothing was drafted about ${type} ${shorten(id, 60)} before, but about ${isNew.count} of the ${all} here.`,
      });
    }
    if (currency?.standsOut(each.currency)) {
      reasons.push({
        column: "amount",
        sentence: `Its currency is ${each.currency ?? "not given"}; ${others(currency)}.`,
      });
    }
    if (agent?.standsOut(each.agentName)) {
      reasons.push({ column: null, sentence: `Its agent is ${each.agentName}; ${others(agent)}.` });
    }
    if (requester?.standsOut(each.requestedBy)) {
      const by = each.requestedBy === null ? "nobody who is named" : shorten(each.requestedBy, 60);
      reasons.push({ column: null, sentence: `It was requested by ${by}; ${others(requester)}.` });
    }
    return reasons;
  };
}

/** A fact that is unknown where it is known of others, or that is unlike what most have. */
function checkFacts(candidates: readonly Candidate[]): Check {
  const all = candidates.length;
  const factOf = (candidate: Candidate, name: string) => candidate.facts.find((fact) => fact.name === name);
  const names = [...new Set(candidates.flatMap(({ facts }) => facts.map(({ name }) => name)))].sort();
  const known = names.map((name) => {
    const values = candidates.map((each) => factOf(each, name)?.value ?? null).filter((v) => v !== null);
    return { name, count: values.length, usual: findUsual(values) };
  });
  return (candidate) =>
    known.flatMap(({ name, count, usual }) => {
      const fact = factOf(candidate, name);
      const value = fact?.value ?? null;
      const column = fact?.column ?? null;
      const what = capitalise(factWords(name));
      if (value === null) {
        if (count < MOSTLY * all) return [];
        return [{ column, sentence: `${what} is unknown; of ${count} of the ${all} here it is known.` }];
      }
      if (!usual?.standsOut(value)) return [];
      const sentence = `${what} is ${sayValue(value)}; ${usual.count} of the ${all} here have ${sayValue(usual.value)}.`;
      return [{ column, sentence }];
    });
}

/** What is reason enough without any comparison. */
const checkAlone: Check = ({ editedBy, facts, factChanges, nearest, hidden }) => {
  const reasons: AsideReason[] = factChanges.map(({ fact, before, now }) => ({
    column: facts.find(({ name }) => name === fact)?.column ?? null,
    sentence: `${capitalise(factWords(fact))} was ${sayValue(before)} when it was submitted and is ${sayValue(now)} now.`,
  }));
  const add = (sentence: string) => reasons.push({ column: null, sentence });
  if (editedBy) add(`${editedBy} changed its payload before it came to you.`);
  if (nearest && (nearest.outcome === "rejected" || nearest.outcome === "changes_requested")) {
    const outcome = nearest.outcome === "rejected" ? "rejected" : "sent back for changes";
    add(
      `The most similar past draft was ${outcome}${nearest.reason ? `: “${shorten(nearest.reason, 140)}”` : "."}`,
    );
  }
  if (hidden.passages > 0) {
    add(
      `Its text holds ${hidden.passages === 1 ? "a passage" : `${hidden.passages} passages`} that cannot be seen.`,
    );
  }
  if (hidden.mixedWords.length > 0) {
    add(
      `Its text mixes alphabets that look alike in: ${hidden.mixedWords.map((word) => shorten(word, 40)).join(", ")}.`,
    );
  }
  return reasons;
};

const capitalise = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
