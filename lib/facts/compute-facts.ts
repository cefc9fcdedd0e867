import type { Queryable, Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import type { ComputedFactName } from "@/lib/policy/computed-facts";
import type { FactQuestion, WantedFacts } from "./load-facts";

type Computation = (tx: Queryable, question: FactQuestion) => Promise<number | undefined>;

/** Drafts that will never be executed do not count towards a total, nor does one whose revision counts instead. */
const COMPUTATIONS: Record<ComputedFactName, Computation> = {
  subject_amount_24h: async (tx, { subject, amount, excludeDraftId, now }) => {
    if (amount === null) return undefined;
    const row = await tx.row<{ total: number }>(sql`
      SELECT coalesce(sum(amount), 0)::float8 AS total FROM draft
      WHERE subject_type = ${subject.type} AND subject_id = ${subject.id}
        AND created_at > ${now}::timestamptz - interval '24 hours'
        AND status NOT IN ('blocked', 'rejected', 'withdrawn', 'expired')
        AND NOT EXISTS (SELECT FROM draft AS revision WHERE revision.revises_id = draft.id)
        AND id IS DISTINCT FROM ${excludeDraftId}`);
    return Math.round(((row?.total ?? 0) + amount) * 100) / 100;
  },
  agent_drafts_1h: async (tx, { agentId, excludeDraftId, now }) => {
    const row = await tx.row<{ drafts: number }>(sql`
      SELECT count(*)::int AS drafts FROM draft
      WHERE agent_id = ${agentId} AND created_at > ${now}::timestamptz - interval '1 hour'
        AND id IS DISTINCT FROM ${excludeDraftId}`);
    return (row?.drafts ?? 0) + 1;
  },
  agent_reject_rate_30d: async (tx, { agentId, now }) => {
    const row = await tx.row<{ decided: number; rejected: number }>(sql`
      SELECT count(*)::int AS decided, (count(*) FILTER (WHERE example.outcome = 'rejected'))::int AS rejected
      FROM draft JOIN example ON example.draft_id = draft.id
      WHERE draft.agent_id = ${agentId} AND draft.created_at > ${now}::timestamptz - interval '30 days'`);
    return row && row.decided > 0 ? row.rejected / row.decided : undefined;
  },
};

export type ComputedFacts = Partial<Record<ComputedFactName, number>>;

/** The computed facts asked for, by name; one that cannot be computed (no amount, no history) is left out. */
export async function computeFacts(
  tx: Queryable,
  { computed }: Pick<WantedFacts, "computed">,
  question: FactQuestion,
): Promise<ComputedFacts> {
  const names = computed.map(({ name }) => name);
  const values = await Promise.all(names.map((name) => COMPUTATIONS[name](tx, question)));
  return Object.fromEntries(names.map((name, index) => [name, values[index]]));
}

/**
 * Makes submissions that a total is about (same subject, or same agent) take turns until their transactions end, so
 * that a total never misses a draft submitted at the same moment. What the transaction sends afterwards waits for its
 * turn on the server.
 */
export function lockTotals(
  tx: Transaction,
  names: ComputedFactName[],
  { subject, agentId }: Pick<FactQuestion, "subject" | "agentId">,
): void {
  if (names.some((name) => name.startsWith("agent_"))) lock(tx, `agent ${agentId}`);
  if (names.some((name) => name.startsWith("subject_"))) lock(tx, `subject ${subject.type} ${subject.id}`);
}

const lock = (tx: Transaction, name: string) =>
  tx.send(sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
