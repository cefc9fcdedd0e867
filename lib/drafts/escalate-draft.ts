import { recordEvent } from "@/lib/audit/record-event";
import type { Context, SystemActor } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import type { Classification } from "@/lib/policy/evaluate";
import { dueAfter, timerAt } from "@/lib/routing/deadlines";
import { enqueueWorkflow } from "@/lib/workflows/enqueue";
import { moveDraft } from "./move-draft";
import type { DraftStatus } from "./types";

/** `superseded`: decided, withdrawn or escalated meanwhile; this timer has nothing to do. */
export type Escalation = "superseded" | "not_due" | "escalated" | "held" | "expired";

interface Row {
  id: string;
  status: DraftStatus;
  version: number;
  approver_rule: string;
  escalation_level: number;
  due_at: Date;
  deadline: Date | null;
  callback_url: string | null;
  result: Classification;
}

/**
 * What the timer of one escalation level does when a draft is still pending: hands it to the next approver rule of its
 * chain; at the chain's end, or when the agent's deadline has passed, it expires or is held as the policy says.
 * Silence never approves. Safe to repeat; `successorId` names the timer to set when this one came too early.
 */
export async function escalateDraft(
  ctx: Context<SystemActor>,
  draftId: string,
  level: number,
  successorId: string,
): Promise<Escalation> {
  return ctx.db.transaction(async (tx) => {
    const draft = await lockPending(tx, draftId);
    if (!draft || draft.escalation_level !== level) return "superseded";
    const now = ctx.now();
    if (draft.deadline && now >= draft.deadline) {
      await expire(ctx, tx, draft, { cause: "deadline" });
      return "expired";
    }
    if (now < draft.due_at) {
      setTimer(tx, draft, { id: successorId, level, at: draft.due_at });
      return "not_due";
    }

    const { escalation, on_timeout, sla_hours } = draft.result;
    const step = escalation[level];
    if (step) {
      const following = escalation[level + 1];
      const hours = following ? following.after_hours - step.after_hours : (sla_hours ?? step.after_hours);
      const dueAt = dueAfter(now, hours);
      await escalate(ctx, tx, draft, { to: step.to, dueAt });
      // An edit can start the chain again, so the level alone would not be unique.
      const id = `escalate:${draft.id}:${level + 1}:v${draft.version + 1}`;
      setTimer(tx, draft, { id, level: level + 1, at: dueAt });
      return "escalated";
    }
    if (on_timeout === "hold") {
      await hold(ctx, tx, draft);
      // Held past its due time, but not past what the agent can still use.
      if (draft.deadline) setTimer(tx, draft, { id: successorId, level, at: draft.deadline });
      return "held";
    }
    await expire(ctx, tx, draft, { cause: "on_timeout" });
    return "expired";
  });
}

const lockPending = (tx: Transaction, draftId: string): Promise<Row | null> =>
  tx.row<Row>(sql`
    SELECT draft.id, draft.status, draft.version, draft.approver_rule, draft.escalation_level, draft.due_at,
           draft.deadline, draft.callback_url, classification.result
    FROM draft JOIN classification ON classification.id = draft.classification_id
    WHERE draft.id = ${draftId} AND draft.status = 'pending'
    FOR UPDATE OF draft`);

function setTimer(tx: Transaction, draft: Row, timer: { id: string; level: number; at: Date }): void {
  enqueueWorkflow(tx, "escalate_draft", {
    id: timer.id,
    args: [draft.id, timer.level],
    delayUntil: timerAt(timer.at, draft.deadline),
  });
}

async function escalate(
  ctx: Context<SystemActor>,
  tx: Transaction,
  draft: Row,
  { to, dueAt }: { to: string; dueAt: Date },
): Promise<void> {
  await tx.run(sql`
    UPDATE draft SET approver_rule = ${to}, escalation_level = escalation_level + 1, version = version + 1,
                     due_at = ${dueAt}
    WHERE id = ${draft.id} AND status = 'pending' AND version = ${draft.version}`);
  await recordEvent(tx, {
    verb: "draft.escalated",
    actor: ctx.actor,
    at: ctx.now(),
    draftId: draft.id,
    details: {
      from: draft.approver_rule,
      to,
      level: draft.escalation_level + 1,
      due_at: dueAt.toISOString(),
      held: false,
    },
  });
}

/** The draft stays with those who have it; the trail says so once, however often the timer fires. */
async function hold(ctx: Context<SystemActor>, tx: Transaction, draft: Row): Promise<void> {
  const known = await tx.row(sql`
    SELECT 1 FROM audit_event WHERE draft_id = ${draft.id} AND verb = 'draft.escalated' AND event @> '{"held": true}'`);
  if (known) return;
  await recordEvent(tx, {
    verb: "draft.escalated",
    actor: ctx.actor,
    at: ctx.now(),
    draftId: draft.id,
    details: {
      from: draft.approver_rule,
      to: draft.approver_rule,
      level: draft.escalation_level,
      held: true,
    },
  });
}

async function expire(
  ctx: Context<SystemActor>,
  tx: Transaction,
  draft: Row,
  { cause }: { cause: "deadline" | "on_timeout" },
): Promise<void> {
  await moveDraft(
    tx,
    { id: draft.id, status: draft.status, version: draft.version, callbackUrl: draft.callback_url },
    {
      to: "expired",
      verb: "draft.expired",
      actor: ctx.actor,
      at: ctx.now(),
      details: { cause, level: draft.escalation_level, approver_rule: draft.approver_rule },
    },
  );
}
