import { sql } from "@/lib/db/sql";
import { embedDraft, toVectorParam } from "@/lib/examples/embed";
import { evaluate } from "@/lib/policy/evaluate";
import { policyVersionId } from "@/lib/policy-files/policy-versions";
import type { BenchWorld } from "./bench-world";

/** The most that people approve in the history that `loadDecided` makes: beyond it they refuse. */
export const APPROVED_UP_TO = 200;

/**
 * Writes `count` refunds that people decided over 90 days, with classification and decision each, as wide as real ones are.
 */
export async function loadDecided(world: BenchWorld, count: number): Promise<void> {
  const { db, agent, approvers } = world;
  const policy = agent.policies.get("refund")!;
  const facts = { amount: 120, customer_months: 7, chargeback_open: false, account_flagged_fraud: false };
  const result = evaluate(
    policy.policy,
    Object.fromEntries(
      Object.entries(facts).map(([name, value]) => [
        name,
        { value, source: "crm", at: new Date().toISOString() },
      ]),
    ),
  );
  const { embedder, vector } = embedDraft({
    actionType: "refund",
    subjectType: "customer",
    summary: "Refund the broken kettle",
    payload: facts,
    amount: 120,
    evidence: [],
  });
  const people = approvers.map(({ actor }) => actor.personId);
  await db.run(sql`
    WITH past AS (
      SELECT n, 'drf_' || lpad(n::text, 26, '0') AS id, round((50.01 + (n * 7919 % 44999) / 100.0)::numeric, 2) AS amount,
             now() - interval '90 days' * (n::float8 / ${count + 1}::int) AS at, n * 31 % 60 AS months
      FROM generate_series(1, ${count}::int) AS n
    ), drafts AS (
      INSERT INTO draft (id, action_type, status, tier, route, agent_id, api_key_id, subject_type, subject_id, summary,
                         reasoning, payload, payload_hash, decided_payload, decided_payload_hash, amount, currency,
                         policy_version_id, classification_id, embedder, embedding, created_at, decided_at, closed_at)
      SELECT id, 'refund', CASE WHEN amount <= ${APPROVED_UP_TO}::int THEN 'executed' ELSE 'rejected' END, 'medium',
             'batch_review', ${agent.actor.agentId}, ${agent.actor.keyId}, 'customer', 'cus_' || n % 5000,
             'Refund order ' || n || ' of customer ' || n % 5000 || ', the kettle arrived broken',
             'The customer sent a picture of the broken kettle, and the order is less than a month old.',
             json_build_object('amount', amount, 'currency', 'USD', 'order_id', '#W' || n, 'reason', 'It arrived broken.'),
             repeat('0', 64),
             CASE WHEN amount <= ${APPROVED_UP_TO}::int
                  THEN json_build_object('amount', amount, 'currency', 'USD', 'order_id', '#W' || n, 'reason', 'It arrived broken.') END,
             CASE WHEN amount <= ${APPROVED_UP_TO}::int THEN repeat('0', 64) END, amount, 'USD',
             ${policyVersionId(policy)}, 'cls_past_' || n, ${embedder}, ${toVectorParam(vector)}::vector, at,
             at + interval '1 hour', at + interval '1 hour'
      FROM past
    ), classifications AS (
      INSERT INTO classification (id, draft_id, cause, payload_hash, policy_version_id, status, tier, route, rule, result,
                                  facts, created_at)
      SELECT 'cls_past_' || n, id, 'submitted', repeat('0', 64), ${policyVersionId(policy)}, 'pending', 'medium',
             'batch_review', 'medium #2', ${JSON.stringify(result)}::json,
             json_build_object('amount', amount, 'customer_months', months, 'chargeback_open', false,
                               'account_flagged_fraud', false), at
      FROM past
    )
    INSERT INTO decision (id, draft_id, person_id, verdict, reason, reason_salt, screen_hash, classification_id, payload,
                          payload_hash, precedent_ids, seconds_on_screen, decided_at)
    SELECT 'dec_past_' || n, id, (${people}::text[])[n % ${people.length}::int + 1],
           CASE WHEN amount <= ${APPROVED_UP_TO}::int THEN 'approve' ELSE 'reject' END, 'As agreed.', repeat('0', 32),
           repeat('0', 64), 'cls_past_' || n, json_build_object('amount', amount), repeat('0', 64), '{}',
           CASE WHEN n % 3 > 0 THEN 5 + n % 40 END, at + interval '1 hour'
    FROM past`);
  for (const table of ["draft", "classification", "decision"]) {
    await db.pool.query(`VACUUM (ANALYZE) ${table}`);
  }
}
