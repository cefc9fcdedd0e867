import { recordEvent } from "@/lib/audit/record-event";
import type { Actor, Context } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { getDirectory } from "@/lib/directory/load-directory";
import { assignApprovers, assignmentDetails, dueOf } from "@/lib/drafts/assign-approvers";
import { newId } from "@/lib/drafts/new-id";
import { peopleBehind } from "@/lib/drafts/people-behind";
import { aboutAssignment } from "@/lib/notices/about-assignment";
import { noticesToWrite } from "@/lib/notices/notice";
import type { Classification } from "@/lib/policy/evaluate";
import { applyHolds, type Hold } from "@/lib/policy/holds";
import { nextWakeOf } from "@/lib/routing/deadlines";
import { barredBy, type Duties } from "@/lib/routing/separation";
import { enqueueWorkflow } from "@/lib/workflows/enqueue";
import type { LockedDraft } from "./lock-draft";

/**
 * Puts an automatically approved draft that has not been dispatched before people, because of these holds. All in the
 * caller's transaction, on the locked draft. Resolves to what happened, as a sentence.
 */
export async function holdBack(
  ctx: Pick<Context, "db">,
  tx: Transaction,
  draft: LockedDraft,
  holds: readonly Hold[],
  { actor, at }: { actor: Actor; at: Date },
): Promise<string> {
  const row = (await tx.row<{ result: Classification; duties: Omit<Duties, "editorIds"> }>(sql`
    SELECT classification.result,
           json_build_object('agentOwnerId', agent.owner_id, 'keyOwnerId', api_key.owner_id,
                             'keyCreatorId', api_key.creator_id, 'keyRotatorId', api_key.rotator_id,
                             'requestedById', draft.requested_by_id, 'behindIds', ${peopleBehind}) AS duties
    FROM draft JOIN classification ON classification.id = draft.classification_id
    JOIN agent ON agent.id = draft.agent_id JOIN api_key ON api_key.id = draft.api_key_id
    WHERE draft.id = ${draft.id}`))!;
  const classification = applyHolds(row.result, holds);
  const directory = await getDirectory(ctx.db, tx);
  const assignment = assignApprovers(directory, classification, {
    amount: draft.amount,
    departmentId: draft.departmentId,
    at,
    barred: barredBy({ ...row.duties, editorIds: [] }),
  });
  const { approverRule, level } = assignment;
  const dueAt = dueOf(classification, at, directory.businessHours);
  const classificationId = newId("cls");
  await tx.run(sql`
    INSERT INTO classification (id, draft_id, cause, payload_hash, policy_version_id, status, tier, route, rule,
                                approver_rule, due_at, result, created_at)
    VALUES (${classificationId}, ${draft.id}, 'held_back', ${draft.decidedHash}, ${draft.policyVersionId}, 'pending',
            ${classification.tier}, ${classification.route}, ${classification.rule_name}, ${approverRule}, ${dueAt},
            ${JSON.stringify(classification)}::json, ${at})`);
  await tx.run(sql`DELETE FROM execution WHERE draft_id = ${draft.id} AND status = 'waiting'`);
  await tx.run(sql`
    UPDATE draft SET status = 'pending', version = version + 1, route = ${classification.route},
                     classification_id = ${classificationId}, approver_rule = ${approverRule}, escalation_level = ${level},
                     waiting_since = ${at}, due_at = ${dueAt}, decided_payload = NULL, decided_payload_hash = NULL,
                     after_review = NULL, decided_at = NULL, closed_at = NULL
    WHERE id = ${draft.id} AND status = 'approved' AND version = ${draft.version}`);
  await recordEvent(tx, {
    verb: "draft.held_back",
    actor,
    at,
    draftId: draft.id,
    details: {
      held_by: holds.map(({ id }) => id),
      classification: classificationId,
      approver_rule: approverRule,
      due_at: dueAt.toISOString(),
      ...assignmentDetails(assignment),
    },
  });
  enqueueWorkflow(tx, "escalate_draft", {
    id: `escalate:${draft.id}:${level}:${classificationId}`,
    args: [draft.id, level],
    delayUntil: nextWakeOf({ since: at, dueAt, deadline: draft.deadline }, at),
  });
  const held = { id: draft.id, route: classification.route };
  tx.send(noticesToWrite(aboutAssignment(directory, held, assignment, classificationId), at));
  return `Held back to review: ${holds.map(({ reason }) => reason).join("; ")}`;
}
