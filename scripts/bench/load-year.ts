import { sql } from "@/lib/db/sql";
import type { BenchWorld } from "./bench-world";

const AT_ONCE = 50_000;
const AGENTS = 10;
const LOADED = ["draft", "classification", "execution", "decision", "audit_event", "example"];

/**
 * Fills the database with `count` decisions spread evenly over the last `days`: all action types, four rules and ten
 * agents; six of ten run by themselves, the others people decide, with reasons, edits, batches and a few escalations.
 */
export async function loadDecisions(world: BenchWorld, count: number, days: number): Promise<void> {
  const { db } = world;
  await db.run(sql`
    INSERT INTO agent (id, name, owner_id) SELECT 'agt_bench_' || n, 'bench ' || n, 'per_owner'
    FROM generate_series(0, ${AGENTS - 1}::int) AS n`);
  // What a worker would index for the search, and other triggers, are not what is measured.
  for (const table of LOADED.slice(0, 4)) await db.pool.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  for (let from = 1; from <= count; from += AT_ONCE) {
    await insertDecisions(world, { from, to: Math.min(count, from + AT_ONCE - 1), count, days });
  }
  for (const table of LOADED.slice(0, 4)) await db.pool.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  for (const table of LOADED) await db.pool.query(`VACUUM (ANALYZE) ${table}`);
}

async function insertDecisions(
  { db, agent, approvers }: BenchWorld,
  { from, to, count, days }: { from: number; to: number; count: number; days: number },
): Promise<void> {
  const people = approvers.map(({ actor }) => actor.personId);
  await db.run(sql`
    WITH made AS MATERIALIZED (
      SELECT n, now() - interval '1 day' * (${days}::float8 * (${count}::int - n) / ${count}::int) AS at, n % 10 < 6 AS by_itself,
             CASE WHEN n % 10 < 6 THEN 'executed' WHEN n % 50 = 9 THEN 'expired' WHEN n % 30 = 7 THEN 'changes_requested'
                  WHEN n % 20 = 8 THEN 'rejected' WHEN n % 100 = 16 THEN 'failed' ELSE 'executed' END AS status,
             (ARRAY(SELECT id FROM policy_version ORDER BY id))[1 + n % (SELECT count(*)::int FROM policy_version)] AS version_id,
             make_interval(secs => exp(random() * 12)) AS took
      FROM generate_series(${from}::int, ${to}::int) AS n
    ), new_draft AS (
      INSERT INTO draft (id, action_type, status, tier, route, agent_id, api_key_id, subject_type, subject_id, summary, payload,
                         payload_hash, decided_payload, decided_payload_hash, amount, currency, policy_version_id,
                         classification_id, approver_rule, after_review, created_at, decided_at, closed_at)
      SELECT 'drf_' || n, version.action_type, status, 'medium', CASE WHEN by_itself THEN 'auto_execute' ELSE 'batch_review' END,
             'agt_bench_' || n % ${AGENTS}::int, ${agent.actor.keyId}, 'customer', 'cus_' || n, 'Refund the order of customer ' || n,
             '{"amount": 12}', md5(n::text), CASE WHEN status IN ('executed', 'failed') THEN '{"amount": 12}'::json END,
             CASE WHEN status IN ('executed', 'failed') THEN md5(CASE WHEN n % 40 = 19 THEN 'x' ELSE '' END || n::text) END,
             12, 'USD', version_id, 'cls_' || n, 'finance_oncall', CASE WHEN by_itself AND n % 25 = 0 THEN 'upheld' END,
             at - took, at, at
      FROM made JOIN policy_version AS version ON version.id = version_id ORDER BY n
      RETURNING id
    ), new_classification AS (
      INSERT INTO classification (id, draft_id, cause, payload_hash, policy_version_id, status, tier, rule, result)
      SELECT 'cls_' || n, 'drf_' || n, 'submitted', '', version_id, 'pending', 'medium', 'rule ' || n % 4, '{}' FROM made ORDER BY n
    ), new_execution AS (
      INSERT INTO execution (draft_id, executor, status, idempotency_key, payload_hash, finished_at)
      SELECT 'drf_' || n, 'agent', CASE status WHEN 'failed' THEN 'failed' ELSE 'succeeded' END, n, '', at FROM made
      WHERE status IN ('executed', 'failed') ORDER BY n
    ), new_decision AS (
      INSERT INTO decision (id, draft_id, person_id, verdict, reason_salt, screen_hash, classification_id, payload, payload_hash,
                            seconds_on_screen, was_quick, batch_id, decided_at)
      SELECT 'dec_' || n, 'drf_' || n, (${people}::text[])[1 + n % ${people.length}::int],
             CASE status WHEN 'rejected' THEN 'reject' WHEN 'changes_requested' THEN 'request_changes' ELSE 'approve' END, '', '',
             'cls_' || n, '{}', '', n % 90, n % 70 = 9, CASE WHEN n % 3 = 0 THEN 'bat_' || n / 30 END, at
      FROM made WHERE NOT by_itself AND status <> 'expired' ORDER BY n
    ), new_example AS (
      INSERT INTO example (id, draft_id, action_type, outcome, summary, subject_type, subject_id, proposed_payload, final_payload,
                           reason, person_id, policy_version_id, decided_at)
      SELECT 'exm_' || n, 'drf_' || n, version.action_type,
             CASE WHEN status IN ('rejected', 'changes_requested') THEN status WHEN n % 40 = 19 THEN 'edited' ELSE 'approved' END,
             'Refund the order', 'customer', 'cus_' || n, '{"amount": 10}', '{"amount": 12}', 'Reason ' || n % 37, ${people[0]!},
             version_id, at
      FROM made JOIN policy_version AS version ON version.id = version_id
      WHERE NOT by_itself AND status IN ('rejected', 'changes_requested', 'executed') ORDER BY n
    )
    INSERT INTO audit_event (verb, draft_id, bytes, event, occurred_at, recorded_at)
    SELECT verb, 'drf_' || n, convert_to('{}', 'UTF8'), '{}', at, at
    FROM made, unnest(ARRAY['draft.submitted', 'draft.approved', 'draft.escalated']) AS verb
    WHERE verb <> 'draft.escalated' OR n % 60 = 19
    ORDER BY n`);
}
