import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import type { Facts, FactValue } from "@/lib/policy/compile-policy";
import type { ComputedFactName } from "@/lib/policy/computed-facts";
import { readPointer } from "@/lib/policy/pointer";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { computeFacts } from "./compute-facts";

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

/**
 * Every fact the policy looks at, with value, source and time. A fact that nobody pushed, or whose pointer leads
 * nowhere, is missing from the answer: unknown, which the policy treats as the stricter case.
 */
export async function loadFacts(tx: Queryable, policy: LoadedPolicy, question: FactQuestion): Promise<Facts> {
  const facts: Record<string, FactValue> = {};
  const pushed: { fact: string; type: string; id: string; name: string }[] = [];
  const computed: { fact: string; name: ComputedFactName }[] = [];

  for (const [fact, source] of Object.entries(policy.factSources)) {
    if (source.kind === "payload") {
      const value = readPointer(question.payload, source.pointer);
      if (value !== undefined) facts[fact] = { value, source: "payload" };
    } else if (source.kind === "computed") {
      computed.push({ fact, name: source.name });
    } else if (source.subjectType === "self") {
      pushed.push({ fact, ...question.subject, name: source.name });
    } else {
      const id = source.idPointer === null ? undefined : readPointer(question.payload, source.idPointer);
      if (typeof id === "string" || typeof id === "number") {
        pushed.push({ fact, type: source.subjectType, id: String(id), name: source.name });
      }
    }
  }

  const [pushedRows, computedFacts] = await Promise.all([
    pushed.length ? readPushed(tx, pushed) : [],
    computeFacts(
      tx,
      computed.map(({ name }) => name),
      question,
    ),
  ]);
  for (const row of pushedRows) {
    facts[pushed[row.position - 1]!.fact] = {
      value: row.value,
      source: row.source,
      at: row.observed_at.toISOString(),
    };
  }
  for (const { fact, name } of computed) {
    const value = computedFacts[name];
    if (value !== undefined) {
      facts[fact] = { value, source: "computed by Countersign", at: question.now.toISOString() };
    }
  }
  return facts;
}

interface PushedRow {
  position: number;
  value: unknown;
  source: string;
  observed_at: Date;
}

/** Arrays come as sub-selects: the planner then cannot tell them apart, and keeps one plan instead of making new ones. */
const readPushed = (tx: Queryable, wanted: { type: string; id: string; name: string }[]) =>
  tx.rows<PushedRow>(sql`
    SELECT wanted.position::int, fact.value, fact.source, fact.observed_at
    FROM unnest((SELECT ${wanted.map(({ type }) => type)}::text[]), (SELECT ${wanted.map(({ id }) => id)}::text[]),
                (SELECT ${wanted.map(({ name }) => name)}::text[])) WITH ORDINALITY AS wanted(type, id, name, position)
    JOIN fact ON fact.subject_type = wanted.type AND fact.subject_id = wanted.id AND fact.name = wanted.name`);
