import type { Context, SystemActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { endedLease } from "@/lib/policy/apply-lease";
import { checkDispatch } from "./check-dispatch";
import { holdBack } from "./hold-back";
import { lockDraft } from "./lock-draft";

const LIMIT = 100;

/**
 * Puts before people what was approved automatically, is held back by now or whose rule's lease is over, and has not been
 * dispatched: nobody would see it otherwise before its agent claims it. Resolves to how many there were.
 */
export async function holdBackWaiting(ctx: Context<SystemActor>): Promise<number> {
  const now = ctx.now();
  const open = sql`hold.released_at IS NULL AND (hold.ends_at IS NULL OR hold.ends_at > ${now})`;
  // A hold on a rule that its policy no longer has concerns everything of it, as `holdsConcerning` says.
  const known = [...ctx.policies.values()].flatMap(({ actionType, policy }) =>
    policy.rules.map(({ name }) => `${actionType} ${name}`),
  );
  const ended = [...ctx.policies.values()].flatMap(({ actionType, policy }) =>
    policy.rules.filter(({ lease }) => endedLease(lease, now)).map(({ name }) => `${actionType} ${name}`),
  );
  if (ended.length === 0 && !(await ctx.db.row(sql`SELECT 1 FROM hold WHERE ${open} LIMIT 1`))) return 0;
  const waiting = await ctx.db.rows<{ id: string }>(sql`
    SELECT draft.id
    FROM execution JOIN draft ON draft.id = execution.draft_id
    JOIN classification ON classification.id = draft.classification_id
    WHERE execution.finished_at IS NULL AND execution.status = 'waiting'
      AND draft.status = 'approved' AND draft.route IN ('auto_execute', 'execute_then_review')
      AND (draft.action_type || ' ' || classification.rule = ANY (${ended}::text[])
           OR EXISTS (SELECT FROM hold WHERE ${open}
                        AND (hold.action_type = draft.action_type OR hold.agent_id = draft.agent_id
                      OR hold.agent_id = (SELECT api_key.agent_id FROM api_key WHERE api_key.id = draft.requesting_key_id))
                        AND (hold.rule IS NULL OR hold.rule = classification.rule
                             OR draft.action_type || ' ' || hold.rule <> ALL (${known}::text[]))))
    ORDER BY execution.created_at LIMIT ${LIMIT}`);
  let held = 0;
  for (const { id } of waiting) {
    await ctx.db.transaction(async (tx) => {
      const draft = await lockDraft(tx, id);
      if (draft?.status !== "approved") return;
      const check = await checkDispatch(ctx, tx, draft, new Map());
      if (check.may !== "review") return;
      await holdBack(ctx, tx, draft, check.holds, { actor: ctx.actor, at: now });
      held += 1;
    });
  }
  return held;
}
