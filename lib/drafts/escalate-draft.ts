import { recordEvent } from "@/lib/audit/record-event";
import type { Context, SystemActor } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { getDirectory } from "@/lib/directory/load-directory";
import { aboutAssignment } from "@/lib/notices/about-assignment";
import { aboutReminder } from "@/lib/notices/about-reminder";
import { noticesToWrite } from "@/lib/notices/notice";
import type { Classification } from "@/lib/policy/evaluate";
import { nextWakeOf, remindersOf, type Wait } from "@/lib/routing/deadlines";
import { resolveApprovers } from "@/lib/routing/resolve-approvers";
import { barredBy, type Duties } from "@/lib/routing/separation";
import { enqueueWorkflow } from "@/lib/workflows/enqueue";
import { assignApprovers, assignmentDetails, dueOf } from "./assign-approvers";
import { moveDraft } from "./move-draft";
import { peopleBehind } from "./people-behind";
import type { DraftStatus, Route } from "./types";

/** `superseded`: decided, withdrawn or escalated meanwhile; this timer has nothing to do. */
export type Escalation = "superseded" | "not_due" | "reminded" | "escalated" | "held" | "expired";

interface Row {
  id: string;
  status: DraftStatus;
  version: number;
  route: Route;
  approver_rule: string;
  approvals_required: number;
  escalation_level: number;
  amount: number | null;
  department_id: string | null;
  classification_id: string;
  duties: Omit<Duties, "editorIds">;
  editor_ids: string[];
  waiting_since: Date;
  due_at: Date;
  deadline: Date | null;
  callback_url: string | null;
  result: Classification;
}

/**
 * What the timer of one escalation level does when a draft is still pending: reminds those who are asked, and once it is
 * due hands it to the next approver rule of its chain on which somebody may decide it; at the chain's end, or when the
 * agent's deadline has passed, it expires or is held as the policy says. Silence never approves.
 * A timer that comes late does the one thing that is due by now, once. Safe to repeat; `successorId` names the timer to
 * set when something is still to come on this level.
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
    const wait = { since: draft.waiting_since, dueAt: draft.due_at, deadline: draft.deadline };
    if (now < draft.due_at) {
      const reminded = await remind(ctx, tx, draft, wait);
      setTimer(tx, draft, { id: successorId, level, at: nextWakeOf(wait, now) });
      return reminded ? "reminded" : "not_due";
    }
    if (draft.result.escalation[level]) {
      await escalate(ctx, tx, draft);
      return "escalated";
    }
    if (draft.result.on_timeout === "hold") {
      await hold(ctx, tx, draft);
      // Held past its due time, but not past what the agent can still use.
      if (draft.deadline) setTimer(tx, draft, { id: successorId, level, at: draft.deadline });
      return "held";
    }
    await expire(ctx, tx, draft, { cause: "on_timeout" });
    return "expired";
  });
}

/** Locks a pending draft with all that its escalation needs; null when it is not pending any more, or a check, which
 * goes on to nobody. */
export const lockPending = (tx: Transaction, draftId: string): Promise<Row | null> =>
  tx.row<Row>(sql`
    SELECT draft.id, draft.status, draft.version, draft.route, draft.approver_rule, draft.approvals_required,
           draft.escalation_level, draft.amount::float8 AS amount, draft.department_id, draft.classification_id,
           draft.waiting_since, draft.due_at, draft.deadline, draft.callback_url, classification.result,
           json_build_object('agentOwnerId', agent.owner_id, 'keyOwnerId', api_key.owner_id,
                             'keyCreatorId', api_key.creator_id, 'keyRotatorId', api_key.rotator_id,
                             'requestedById', draft.requested_by_id, 'behindIds', ${peopleBehind}) AS duties,
           ARRAY(SELECT person_id FROM decision
                 WHERE draft_id = draft.id AND verdict = 'edit_and_approve' AND undone_at IS NULL) AS editor_ids
    FROM draft JOIN classification ON classification.id = draft.classification_id
    JOIN agent ON agent.id = draft.agent_id JOIN api_key ON api_key.id = draft.api_key_id
    WHERE draft.id = ${draftId} AND draft.status = 'pending' AND draft.origin <> 'check'
    FOR UPDATE OF draft`);

function setTimer(
  tx: Transaction,
  draft: Pick<Row, "id">,
  timer: { id: string; level: number; at: Date },
): void {
  enqueueWorkflow(tx, "escalate_draft", {
    id: timer.id,
    args: [draft.id, timer.level],
    delayUntil: timer.at,
  });
}

/** What its approver rules are asked about it. */
export const questionOf = (draft: Row, at: Date) => ({
  amount: draft.amount,
  departmentId: draft.department_id,
  at,
  barred: barredBy({ ...draft.duties, editorIds: draft.editor_ids }),
});

/** Reminds those who are asked now, of the latest mark that has passed. Resolves to whether there was one. */
async function remind(ctx: Context<SystemActor>, tx: Transaction, draft: Row, wait: Wait): Promise<boolean> {
  const now = ctx.now();
  const passed = remindersOf(wait).filter((at) => at <= now).length;
  if (passed === 0) return false;
  const directory = await getDirectory(ctx.db, tx);
  const { approver_rule: rule, approvals_required: required } = draft;
  const { approvers } = resolveApprovers(directory, { ...questionOf(draft, now), rule, required });
  tx.send(noticesToWrite(aboutReminder(draft, passed, approvers), now));
  return true;
}

/**
 * Hands a locked draft to the next rule of its chain on which somebody may decide it, and sets that level's timer. The
 * caller has made sure that there is a next one.
 */
export async function escalate(ctx: Context<SystemActor>, tx: Transaction, draft: Row): Promise<void> {
  const now = ctx.now();
  const { escalation } = draft.result;
  const directory = await getDirectory(ctx.db, tx);
  const assignment = assignApprovers(
    directory,
    draft.result,
    questionOf(draft, now),
    draft.escalation_level + 1,
  );
  const { approverRule: to, level } = assignment;
  const following = escalation[level];
  const step = escalation[level - 1]!;
  const hours = following
    ? following.after_hours - step.after_hours
    : (draft.result.sla_hours ?? step.after_hours);
  const dueAt = dueOf({ ...draft.result, sla_hours: hours }, now, directory.businessHours);
  await tx.run(sql`
    UPDATE draft SET approver_rule = ${to}, escalation_level = ${level}, version = version + 1,
                     waiting_since = ${now}, due_at = ${dueAt}
    WHERE id = ${draft.id} AND status = 'pending' AND version = ${draft.version}`);
  await recordEvent(tx, {
    verb: "draft.escalated",
    actor: ctx.actor,
    at: now,
    draftId: draft.id,
    details: {
      from: draft.approver_rule,
      to,
      level,
      due_at: dueAt.toISOString(),
      held: false,
      ...assignmentDetails(assignment),
    },
  });
  tx.send(noticesToWrite(aboutAssignment(directory, draft, assignment, draft.classification_id), now));
  // An edit can start the chain again, so the level alone would not be unique.
  const id = `escalate:${draft.id}:${level}:v${draft.version + 1}`;
  const at = nextWakeOf({ since: now, dueAt, deadline: draft.deadline }, now);
  setTimer(tx, draft, { id, level, at });
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
