import type { Queryable } from "@/lib/db/database";
import { type Statement, sql } from "@/lib/db/sql";
import type { Facts, FactValue } from "@/lib/policy/compile-policy";
import type { ComputedFactName } from "@/lib/policy/computed-facts";
import { readPointer } from "@/lib/policy/pointer";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { type ComputedFacts, computeFacts } from "./compute-facts";

/** What the facts are about: the payload that would be executed and who drafted it for whom. */
export interface FactQuestion {
  payload: unknown;
  subject: { type: string; id: string };
  agentId: string;
  /** The amount of this payload, for totals that count the draft itself. */
  amount: number | null;
  /** The draft being classified again, or the one it revises: totals must not count it twice. */
  excludeDraftId: string | null;
  now: Date;
}

/** Where the facts that a policy looks at are to be found for one draft. */
export interface WantedFacts {
  /** Known already: they stand in the payload. */
  known: Record<string, FactValue>;
  pushed: { fact: string; type: string; id: string; name: string }[];
  computed: { fact: string; name: ComputedFactName }[];
}

/** A fact as `pushedFacts` answers it; `position` counts from 1 in what was wanted. */
export interface PushedFact {
  position: number;
  value: unknown;
  source: string;
  observed_at: string;
}

/**
 * Every fact the policy looks at, with value, source and time. A fact that nobody pushed, or whose pointer leads
 * nowhere, is missing from the answer: unknown, which the policy treats as the stricter case.
 */
export async function loadFacts(tx: Queryable, policy: LoadedPolicy, question: FactQuestion): Promise<Facts> {
  const wanted = wantFacts(policy, question);
  const [pushed, computed] = await Promise.all([
    wanted.pushed.length
      ? tx.row<{ facts: PushedFact[] }>(sql`SELECT (${pushedFacts(wanted)}) AS facts`)
      : null,
    computeFacts(tx, wanted, question),
  ]);
  return assembleFacts(wanted, question, pushed?.facts ?? [], computed);
}

/** Sorts the policy's facts by where they come from, and reads those of the payload. */
export function wantFacts(policy: LoadedPolicy, question: FactQuestion): WantedFacts {
  const wanted: WantedFacts = { known: {}, pushed: [], computed: [] };
  for (const [fact, source] of Object.entries(policy.factSources)) {
    if (source.kind === "payload") {
      const value = readPointer(question.payload, source.pointer);
      if (value !== undefined) wanted.known[fact] = { value, source: "payload" };
    } else if (source.kind === "computed") {
      wanted.computed.push({ fact, name: source.name });
    } else if (source.subjectType === "self") {
      wanted.pushed.push({ fact, ...question.subject, name: source.name });
    } else {
      const id = source.idPointer === null ? undefined : readPointer(question.payload, source.idPointer);
      if (typeof id === "string" || typeof id === "number") {
        wanted.pushed.push({ fact, type: source.subjectType, id: String(id), name: source.name });
      }
    }
  }
  return wanted;
}

/**
 * The pushed facts as one value, an array of `PushedFact`. Arrays go in as sub-selects: the planner then cannot tell
 * them apart, and keeps one plan instead of making new ones.
 */
export const pushedFacts = ({ pushed }: WantedFacts): Statement => sql`
  SELECT coalesce(json_agg(json_build_object('position', wanted.position, 'value', fact.value, 'source', fact.source,
                                             'observed_at', fact.observed_at)), '[]')
  FROM unnest((SELECT ${pushed.map(({ type }) => type)}::text[]), (SELECT ${pushed.map(({ id }) => id)}::text[]),
              (SELECT ${pushed.map(({ name }) => name)}::text[])) WITH ORDINALITY AS wanted(type, id, name, position)
  JOIN fact ON fact.subject_type = wanted.type AND fact.subject_id = wanted.id AND fact.name = wanted.name`;

/** Puts what was found under the names that the policy uses. */
export function assembleFacts(
  wanted: WantedFacts,
  { now }: Pick<FactQuestion, "now">,
  pushed: PushedFact[],
  computed: ComputedFacts,
): Facts {
  const facts = { ...wanted.known };
  for (const { position, value, source, observed_at } of pushed) {
    facts[wanted.pushed[position - 1]!.fact] = { value, source, at: new Date(observed_at).toISOString() };
  }
  for (const { fact, name } of wanted.computed) {
    const value = computed[name];
    if (value !== undefined)
      facts[fact] = { value, source: "computed by Countersign", at: now.toISOString() };
  }
  return facts;
}
