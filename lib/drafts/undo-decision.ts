import { z } from "zod";
import { recordEvent } from "@/lib/audit/record-event";
import type { Context, PersonActor } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { getPolicyOfVersion } from "@/lib/policy-files/policy-versions";
import { nextWakeOf } from "@/lib/routing/deadlines";
import { canonicalJson } from "@/lib/trust/canonical-json";
import { sha256Hex } from "@/lib/trust/sha256";
import { enqueueWorkflow } from "@/lib/workflows/enqueue";
import { amountOf } from "./classify";
import type { DraftStatus, Verdict } from "./types";

const inputSchema = z.strictObject({ draftId: z.string().min(1).max(100) });

interface Given {
  id: string;
  person_id: string;
  name: string;
  verdict: Verdict;
  classification_id: string;
  payload: Record<string, unknown>;
}

interface Row {
  status: DraftStatus;
  version: number;
  action_type: string;
  policy_version_id: string;
  payload: Record<string, unknown>;
  classification_id: string;
  escalation_level: number;
  waiting_since: Date;
  due_at: Date;
  deadline: Date | null;
  execution: string | null;
  /** Until when the last decision may be taken back. */
  undo_until: Date | null;
  revised_by: string | null;
  /** What was decided and stands, in order. */
  decisions: Given[];
  /** Its classifications, in order. */
  classifications: string[];
}

/**
 * Takes back the decision that the acting person made last, while it may be undone and nothing was carried out: an
 * approval for as long as the policy says, a refusal for a moment at least, unless the agent has revised the draft since.
 * The draft waits again where it waited; the decision stays in the record, marked as undone, and its person may decide
 * anew.
 * @throws CountersignError `forbidden`, `not_found`, `not_eligible` when somebody else decided, `conflict` when it is too
 * late.
 */
export async function undoDecision(
  ctx: Context,
  input: z.input<typeof inputSchema>,
): Promise<{ draftId: string; status: "pending" }> {
  const { actor } = ctx;
  if (actor.kind !== "person") throw new CountersignError("forbidden", "Only a signed-in person can undo.");
  const { draftId } = parseInput(inputSchema, input);
  return ctx.db.transaction(async (tx) => {
    const draft = await lockWithDecisions(tx, draftId);
    if (!draft) throw new CountersignError("not_found", "There is no such draft.");
    const given = requireUndoable(draft, actor, ctx.now());
    await takeBack(ctx, tx, actor, { draftId, draft, given });
    return { draftId, status: "pending" };
  });
}

async function lockWithDecisions(tx: Transaction, draftId: string): Promise<Row | null> {
  await tx.run(sql`SELECT FROM draft WHERE id = ${draftId} FOR NO KEY UPDATE`);
  return tx.row<Row>(sql`
    SELECT draft.status, draft.version, draft.action_type, draft.policy_version_id, draft.payload,
           draft.classification_id, draft.escalation_level, draft.waiting_since, draft.due_at, draft.deadline,
           execution.status AS execution,
           (SELECT id FROM draft AS revision WHERE revision.revises_id = draft.id LIMIT 1) AS revised_by,
           (SELECT undo_until FROM decision WHERE draft_id = draft.id AND undone_at IS NULL
            ORDER BY decided_at DESC, decision.id DESC LIMIT 1) AS undo_until,
           coalesce((SELECT json_agg(json_build_object('id', decision.id, 'person_id', person_id, 'name', person.name,
                                'verdict', verdict, 'classification_id', decision.classification_id,
                                'payload', decision.payload) ORDER BY decided_at, decision.id)
                     FROM decision JOIN person ON person.id = decision.person_id
                     WHERE draft_id = draft.id AND undone_at IS NULL), '[]') AS decisions,
           ARRAY(SELECT id FROM classification WHERE draft_id = draft.id ORDER BY created_at, id) AS classifications
    FROM draft LEFT JOIN execution ON execution.draft_id = draft.id
    WHERE draft.id = ${draftId}`);
}

/** The decision that may be taken back now. */
function requireUndoable(draft: Row, actor: PersonActor, now: Date): Given {
  const given = draft.decisions.at(-1);
  const tooLate = (message: string) => new CountersignError("conflict", message);
  if (draft.status === "pending") throw tooLate("There is nothing to undo: it waits for a decision.");
  if (!given) throw tooLate("Nobody decided this; there is nothing to undo.");
  if (given.person_id !== actor.personId) {
    throw new CountersignError("not_eligible", `${given.name} decided this; only they can take it back.`);
  }
  const isOpen = draft.undo_until !== null && now < draft.undo_until;
  const isRefused = draft.status === "rejected" || draft.status === "changes_requested";
  if (!isOpen || !(isRefused || (draft.status === "approved" && draft.execution === "waiting"))) {
    throw tooLate("It is too late to undo: the time for that is over, or it is being carried out.");
  }
  if (draft.revised_by) throw tooLate("It is too late to undo: the agent has sent a revision already.");
  return given;
}

async function takeBack(
  ctx: Context,
  tx: Transaction,
  actor: PersonActor,
  { draftId, draft, given }: { draftId: string; draft: Row; given: Given },
): Promise<void> {
  const now = ctx.now();
  // A colleague's edit before this decision is what it was about; the agent's own proposal otherwise.
  const edit = draft.decisions.findLast(
    ({ id, verdict }) => id !== given.id && verdict === "edit_and_approve",
  );
  const restored = edit ? canonicalJson(edit.payload) : null;
  const policy = await getPolicyOfVersion(tx, ctx.policies, draft.action_type, draft.policy_version_id);
  const { amount, currency } = amountOf(policy, edit?.payload ?? draft.payload);
  // An edit was classified by itself; what it replaced holds again.
  const classificationId =
    given.verdict === "edit_and_approve"
      ? draft.classifications.findLast((id) => id !== given.classification_id)!
      : draft.classification_id;
  await tx.run(sql`UPDATE decision SET undone_at = ${now} WHERE id = ${given.id}`);
  await tx.run(sql`DELETE FROM example WHERE draft_id = ${draftId}`);
  await tx.run(sql`DELETE FROM execution WHERE draft_id = ${draftId} AND status = 'waiting'`);
  await tx.run(sql`
    UPDATE draft SET status = 'pending', version = version + 1, decided_payload = ${restored}::json,
                     decided_payload_hash = ${restored === null ? null : sha256Hex(restored)}, amount = ${amount},
                     currency = ${currency}, classification_id = ${classificationId}, decided_at = NULL, closed_at = NULL
    WHERE id = ${draftId} AND status = ${draft.status} AND version = ${draft.version}`);
  await recordEvent(tx, {
    verb: "draft.decision_undone",
    actor,
    at: now,
    draftId,
    details: { decision: given.id, verdict: given.verdict, classification: classificationId },
  });
  // The timer may have come round while it was approved.
  const wait = { since: draft.waiting_since, dueAt: draft.due_at, deadline: draft.deadline };
  enqueueWorkflow(tx, "escalate_draft", {
    id: `escalate:${draftId}:${draft.escalation_level}:v${draft.version + 1}`,
    args: [draftId, draft.escalation_level],
    delayUntil: nextWakeOf(wait, now),
  });
}
