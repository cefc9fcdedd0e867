import type { Queryable, Transaction } from "@/lib/db/database";
import { type Statement, sql } from "@/lib/db/sql";
import {
  type ComputedFact,
  type ComputedFactName,
  type ComputedMeasure,
  type ComputedScope,
  parseComputedFact,
} from "@/lib/policy/computed-facts";
import type { FactQuestion, WantedFacts } from "./load-facts";

interface Asked extends Omit<ComputedFact, "measure"> {
  question: FactQuestion;
  actionType: string;
}

/**
 * Imports and checks count for nobody; an agent that submits has neither, and its counts need the indexes alone. What it had
 * the built-in drafter write counts for it, not for the drafter: asking another is no way around a limit.
 */
const SCOPES: Record<ComputedScope, (asked: Asked) => Statement> = {
  subject: ({ question: { subject } }) =>
    sql`draft.subject_type = ${subject.type} AND draft.subject_id = ${subject.id} AND draft.origin = 'agent'`,
  agent: ({ question: { agentId } }) => sql`
    (draft.agent_id = ${agentId} AND draft.requesting_key_id IS NULL
     OR draft.requesting_key_id IS NOT NULL
        AND draft.requesting_key_id = ANY (ARRAY(SELECT api_key.id FROM api_key WHERE api_key.agent_id = ${agentId})))`,
  action_type: ({ actionType }) => sql`draft.action_type = ${actionType} AND draft.origin = 'agent'`,
  subject_action_type: ({ question: { subject }, actionType }) =>
    sql`draft.subject_type = ${subject.type} AND draft.subject_id = ${subject.id} AND draft.action_type = ${actionType}
        AND draft.origin = 'agent'`,
};

const withinScope = (asked: Asked): Statement => sql`
  ${SCOPES[asked.scope](asked)}
  AND draft.created_at > ${asked.question.now}::timestamptz - make_interval(hours => ${asked.hours})`;

/** Not the draft being classified (it is added as it is now), nor the one it revises. */
const others = (asked: Asked): Statement => sql`
  ${withinScope(asked)} AND draft.id IS DISTINCT FROM ${asked.question.excludeDraftId}`;

/** Drafts that will never be executed do not count towards a total, nor does one whose revision counts instead. */
const EXECUTABLE = sql`
  draft.status NOT IN ('blocked', 'rejected', 'withdrawn', 'expired')
  AND NOT EXISTS (SELECT FROM draft AS revision WHERE revision.revises_id = draft.id)`;

/** Released by its submission, and not taken back to a review since. */
const AUTOMATIC = sql`
  ${EXECUTABLE} AND draft.route IN ('auto_execute', 'execute_then_review')
  AND EXISTS (SELECT FROM classification AS first
              WHERE first.draft_id = draft.id AND first.cause = 'submitted' AND first.status = 'approved')`;

const MEASURES: Record<ComputedMeasure, (tx: Queryable, asked: Asked) => Promise<number | undefined>> = {
  amount: async (tx, asked) => {
    const { amount } = asked.question;
    if (amount === null) return undefined;
    const row = await tx.row<{ total: number }>(sql`
      SELECT coalesce(sum(draft.amount), 0)::float8 AS total FROM draft
      WHERE ${others(asked)} AND ${asked.automatic ? AUTOMATIC : EXECUTABLE}`);
    return Math.round(((row?.total ?? 0) + amount) * 100) / 100;
  },
  drafts: async (tx, asked) => {
    const row = await tx.row<{ drafts: number }>(sql`
      SELECT count(*)::int AS drafts FROM draft
      WHERE ${others(asked)} AND ${asked.automatic ? AUTOMATIC : sql`true`}`);
    return (row?.drafts ?? 0) + 1;
  },
  reject_rate: async (tx, asked) => {
    const row = await tx.row<{ decided: number; rejected: number }>(sql`
      SELECT count(*)::int AS decided, (count(*) FILTER (WHERE example.outcome = 'rejected'))::int AS rejected
      FROM draft JOIN example ON example.draft_id = draft.id
      WHERE ${withinScope(asked)}`);
    return row && row.decided > 0 ? row.rejected / row.decided : undefined;
  },
};

export type ComputedFacts = Partial<Record<ComputedFactName, number>>;

/**
 * The computed facts asked for, by name. Totals and counts include the draft being classified. One that cannot be
 * computed (no amount, nothing decided yet) is left out.
 */
export async function computeFacts(
  tx: Queryable,
  { computed, actionType }: Pick<WantedFacts, "computed" | "actionType">,
  question: FactQuestion,
): Promise<ComputedFacts> {
  const names = [...new Set(computed.map(({ name }) => name))];
  const values = await Promise.all(
    names.map((name) => {
      const { measure, ...fact } = parseComputedFact(name)!;
      return MEASURES[measure](tx, { ...fact, question, actionType });
    }),
  );
  return Object.fromEntries(names.map((name, index) => [name, values[index]]));
}

/**
 * Makes submissions that a total or count is about (same action type, agent or subject) take turns until their
 * transactions end, so that it never misses a draft submitted at the same moment. What the transaction sends
 * afterwards waits for its turn on the server. Everybody locks in the same order.
 */
export function lockTotals(
  tx: Transaction,
  names: ComputedFactName[],
  { subject, agentId, actionType }: Pick<FactQuestion, "subject" | "agentId"> & { actionType: string },
): void {
  const counted = names
    .map((name) => parseComputedFact(name)!)
    .filter((fact) => fact.measure !== "reject_rate");
  const concerns = (...scopes: ComputedScope[]) => counted.some(({ scope }) => scopes.includes(scope));
  if (concerns("action_type")) lock(tx, `action type ${actionType}`);
  if (concerns("agent")) lock(tx, `agent ${agentId}`);
  if (concerns("subject", "subject_action_type")) lock(tx, `subject ${subject.type} ${subject.id}`);
}

const lock = (tx: Transaction, name: string) =>
  tx.send(sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
