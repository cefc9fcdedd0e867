import type { KeyActor } from "@/lib/context";
import type { Database } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";

interface Made {
  /** Everything follows from it. */
  seed: number;
  count: number;
  /** Drafts are decided in the days before it, today included. */
  now: Date;
  days: number;
  agents: KeyActor[];
  personIds: string[];
}

const TYPES = ["refund", "send_email", "config_change"];

/**
 * Writes drafts of every kind that a history has, for tests: by all routes and with all outcomes, edited, reclassified,
 * escalated, decided by two, taken back and decided anew, executed late or not at all, looked at afterwards, imported, or
 * made to check attention. Rows as the verbs write them, but for their trail, of which there is what figures read.
 */
export async function makeHistory(db: Database, made: Made): Promise<void> {
  const { seed, count, now, days, agents, personIds } = made;
  await db.run(sql`SELECT setseed(${((seed * 0.618033) % 1).toFixed(6)}::float8)`);
  const id = (kind: string) => `${kind}_${seed}_`;
  await db.run(sql`
    INSERT INTO draft (id, action_type, status, tier, route, agent_id, api_key_id, subject_type, subject_id, summary, payload,
                       payload_hash, decided_payload, decided_payload_hash, policy_version_id, classification_id, approver_rule,
                       approvals_required, due_at, waiting_since, after_review, origin, created_at, decided_at)
    SELECT ${id("drf")} || n, type, status, 'medium', route, agents[1 + n % cardinality(agents)],
           keys[1 + n % cardinality(agents)], 'customer', 'cus_' || n, 'Made up', '{"amount": 1}', 'hash',
           CASE WHEN let_through THEN CASE WHEN edited THEN '{"amount": 2}' ELSE '{"amount": 1}' END::json END,
           CASE WHEN let_through THEN CASE WHEN edited THEN 'other' ELSE 'hash' END END,
           (SELECT policy_version.id FROM policy_version WHERE action_type = type LIMIT 1), ${id("cls")} || n,
           'finance_oncall', quorum, decided_at, decided_at,
           CASE WHEN by_itself AND let_through AND luck6 < 0.4
                THEN CASE WHEN luck6 < 0.1 THEN 'overturned' WHEN luck6 < 0.3 THEN 'upheld' ELSE 'waiting' END END,
           origin, decided_at - interval '1 second' * (CASE WHEN luck7 < 0.05 THEN 0.3 ELSE exp(luck7 * 13) END)::int,
           CASE WHEN status <> 'pending' THEN decided_at END
    FROM (
      SELECT *, route IN ('auto_execute', 'execute_then_review') AS by_itself,
             status IN ('approved', 'executing', 'executed', 'failed') AS let_through,
             luck4 < 0.25 AND route IN ('batch_review', 'named_approver') AND status IN ('approved', 'executed', 'failed') AS edited
      FROM (
        SELECT *, CASE WHEN origin = 'import' THEN (ARRAY['executed', 'rejected'])[1 + (luck3 * 2)::int % 2]
                       WHEN origin = 'check' THEN (ARRAY['rejected', 'expired'])[1 + (luck3 * 2)::int % 2]
                       WHEN route IS NULL THEN 'blocked'
                       WHEN route IN ('auto_execute', 'execute_then_review')
                       THEN (ARRAY['executed', 'executed', 'executed', 'approved', 'executing', 'failed', 'expired'])[1 + floor(luck3 * 7)::int]
                       ELSE (ARRAY['executed', 'executed', 'approved', 'failed', 'rejected', 'rejected', 'changes_requested',
                                   'expired', 'withdrawn', 'pending', 'blocked'])[1 + floor(luck3 * 11)::int] END AS status
        FROM (
          SELECT n, ${agents.map(({ agentId }) => agentId)}::text[] AS agents, ${agents.map(({ keyId }) => keyId)}::text[] AS keys,
                 (${TYPES}::text[])[1 + floor(random() * 3)::int] AS type,
                 (ARRAY['auto_execute', 'execute_then_review', 'batch_review', 'batch_review', 'named_approver', NULL])[1 + floor(random() * 6)::int] AS route,
                 CASE WHEN random() < 0.05 THEN 'import' WHEN random() < 0.05 THEN 'check' ELSE 'agent' END AS origin,
                 1 + (random() < 0.2)::int AS quorum, random() AS luck3, random() AS luck4, random() AS luck6, random() AS luck7,
                 date_trunc('milliseconds', ${now}::timestamptz - interval '1 day' * random() * ${days}::float8) AS decided_at
          FROM generate_series(1, ${count}::int) AS n
        ) AS thrown
      ) AS routed
    ) AS kinds`);
  await db.run(sql`
    INSERT INTO classification (id, draft_id, cause, payload_hash, policy_version_id, status, tier, rule, result)
    SELECT classification_id, id, 'submitted', payload_hash, policy_version_id, 'pending', tier,
           (ARRAY['low', 'medium', 'high'])[1 + floor(random() * 3)::int], '{}' FROM draft WHERE id LIKE ${`${id("drf")}%`}`);
  // Of some, what they were before an edit: it must not count.
  await db.run(sql`
    INSERT INTO classification (id, draft_id, cause, payload_hash, policy_version_id, status, tier, rule, result)
    SELECT classification_id || '_former', id, 'submitted', payload_hash, policy_version_id, 'pending', tier, 'former', '{}'
    FROM draft WHERE id LIKE ${`${id("drf")}%`} AND decided_payload_hash = 'other'`);
  await db.run(sql`
    INSERT INTO execution (draft_id, executor, status, idempotency_key, payload_hash, hash_mismatch)
    SELECT id, 'agent', CASE status WHEN 'executed' THEN 'succeeded' WHEN 'approved' THEN 'waiting' WHEN 'executing' THEN 'claimed'
                             ELSE 'failed' END, id, 'hash', status = 'failed' AND random() < 0.4
    FROM draft WHERE id LIKE ${`${id("drf")}%`}
      AND (decided_payload_hash IS NOT NULL OR (status IN ('expired', 'blocked') AND route IS NOT NULL AND random() < 0.5))`);
  for (const [at, personId] of personIds.entries()) {
    await db.run(sql`
      INSERT INTO decision (id, draft_id, person_id, verdict, reason_salt, screen_hash, classification_id, payload, payload_hash,
                            seconds_on_screen, was_quick, batch_id, undone_at, decided_at)
      SELECT ${`dec_${at}_${personId}_`} || draft.id || '_' || turn, draft.id, ${personId},
             CASE status WHEN 'rejected' THEN 'reject' WHEN 'changes_requested' THEN 'request_changes'
                  ELSE CASE WHEN decided_payload_hash = 'other' THEN 'edit_and_approve' ELSE 'approve' END END,
             '', '', classification_id, '{}', '', CASE WHEN random() < 0.9 THEN (random() * random() * 600)::int END, random() < 0.1,
             CASE WHEN random() < 0.3 THEN 'bat_1' END, CASE WHEN turn = 1 THEN decided_at END, decided_at
      FROM draft, generate_series(1, 2) AS turn
      WHERE draft.id LIKE ${`${id("drf")}%`} AND route IN ('batch_review', 'named_approver')
        AND status IN ('executed', 'approved', 'failed', 'rejected', 'changes_requested')
        AND (${at}::int = 0 OR (${at}::int < approvals_required AND status <> 'rejected')) AND (turn = 2 OR random() < 0.15)`);
  }
  await db.run(sql`
    INSERT INTO decision (id, draft_id, person_id, verdict, reason_salt, screen_hash, classification_id, payload, payload_hash,
                          seconds_on_screen, decided_at)
    SELECT 'dec_after_' || id, id, ${personIds[0]!}, CASE after_review WHEN 'upheld' THEN 'uphold' ELSE 'overturn' END, '', '',
           classification_id, '{}', '', 5, decided_at + interval '3 days'
    FROM draft WHERE id LIKE ${`${id("drf")}%`} AND after_review IN ('upheld', 'overturned')`);
  await db.run(sql`
    INSERT INTO audit_event (verb, draft_id, bytes, event, occurred_at)
    SELECT verb, id, convert_to('{}', 'UTF8'), '{}', CASE verb WHEN 'draft.submitted' THEN created_at ELSE decided_at END
    FROM draft, unnest(ARRAY['draft.submitted', 'draft.approved', 'draft.escalated']) AS verb
    WHERE id LIKE ${`${id("drf")}%`} AND decided_at IS NOT NULL
      AND (verb <> 'draft.escalated' OR (random() < 0.15 AND route IN ('batch_review', 'named_approver')))`);
}
