import type { Context } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { classify } from "@/lib/drafts/classify";
import { getPolicyOfVersion, policyVersionId } from "@/lib/policy-files/policy-versions";
import { approvalsMissing } from "@/lib/routing/quorum";
import { type Duties, separatedBecause } from "@/lib/routing/separation";
import type { LockedDraft } from "./lock-draft";

/** Whether an approved draft may be executed at this moment, and if not, what becomes of it. */
export type DispatchCheck =
  | { may: "execute" }
  | { may: "expire" }
  | { may: "block"; blockedBy: string[]; reasons: string[] }
  /** `for` says what has to happen first, in words for the screen. */
  | { may: "wait"; for: string };

/**
 * Checks again, with what is known now and on the payload that was decided, everything that may have changed since the
 * approval: the agent's deadline, hard blocks (of the policy in force and of the one the draft was classified by), and
 * whether those who approved were free to. Unknown means wait, never go ahead.
 */
export async function checkDispatch(
  ctx: Pick<Context, "now" | "policies">,
  tx: Transaction,
  draft: LockedDraft,
): Promise<DispatchCheck> {
  if (draft.deadline && ctx.now() >= draft.deadline) return { may: "expire" };

  const current = ctx.policies.get(draft.actionType);
  if (!current) return { may: "wait", for: `a policy that covers ${draft.actionType}` };
  const versions =
    policyVersionId(current) === draft.policyVersionId
      ? [current]
      : [current, await getPolicyOfVersion(tx, ctx.policies, draft.actionType, draft.policyVersionId)];
  const unknown: string[] = [];
  for (const policy of versions) {
    const classification = await classify(ctx, tx, policy, {
      payload: JSON.parse(draft.decidedText),
      subject: draft.subject,
      agentId: draft.agentId,
      excludeDraftId: draft.id,
    });
    const { blocked_by: blockedBy, unresolved_blocks, reasons, tier } = classification;
    if (blockedBy.length > 0 || tier === "prohibited") return { may: "block", blockedBy, reasons };
    unknown.push(...unresolved_blocks);
  }
  if (unknown.length > 0) {
    return { may: "wait", for: `knowing whether these hold: ${[...new Set(unknown)].join(", ")}` };
  }
  const missing = await missingApproval(tx, draft);
  return missing ? { may: "wait", for: missing } : { may: "execute" };
}

interface ApprovalRow {
  person_id: string;
  name: string;
  verdict: string;
  payload_hash: string;
}

/** What approval is missing now, in words; null when the draft has all it needs. */
async function missingApproval(tx: Transaction, draft: LockedDraft): Promise<string | null> {
  const [approvals, duties] = await Promise.all([
    tx.rows<ApprovalRow>(sql`
      SELECT decision.person_id, person.name, decision.verdict, decision.payload_hash
      FROM decision JOIN person ON person.id = decision.person_id
      WHERE decision.draft_id = ${draft.id} AND decision.verdict IN ('approve', 'edit_and_approve')`),
    tx.row<Omit<Duties, "editorIds">>(sql`
      SELECT agent.owner_id AS "agentOwnerId", api_key.owner_id AS "keyOwnerId", api_key.creator_id AS "keyCreatorId",
             api_key.rotator_id AS "keyRotatorId", draft.requested_by_id AS "requestedById"
      FROM draft JOIN agent ON agent.id = draft.agent_id JOIN api_key ON api_key.id = draft.api_key_id
      WHERE draft.id = ${draft.id}`),
  ]);
  if (approvals.length === 0 && draft.route === "auto_execute") return null;

  const free = approvals.filter(
    ({ person_id }) => duties && separatedBecause(person_id, { ...duties, editorIds: [] }) === null,
  );
  const missing = approvalsMissing(
    draft.approvalsRequired,
    draft.decidedHash,
    free.map((row) => ({
      personId: row.person_id,
      payloadHash: row.payload_hash,
      edited: row.verdict === "edit_and_approve",
    })),
  );
  if (missing === 0) return null;
  const barred = approvals.filter((row) => !free.includes(row)).map(({ name }) => name);
  return barred.length > 0
    ? `an approval by somebody who is free to give it; no longer: ${barred.join(", ")}`
    : `${missing} more ${missing === 1 ? "approval" : "approvals"}`;
}
