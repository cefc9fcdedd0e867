import type { Context } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { getDirectory } from "@/lib/directory/load-directory";
import { classify } from "@/lib/drafts/classify";
import type { FetchedByVersion } from "@/lib/drafts/fetch-for-draft";
import { peopleBehind } from "@/lib/drafts/people-behind";
import { openHolds } from "@/lib/holds/open-holds";
import { endedLease } from "@/lib/policy/apply-lease";
import type { Lease } from "@/lib/policy/compile-policy";
import { type Hold, holdsConcerning } from "@/lib/policy/holds";
import { runsBeforeReview } from "@/lib/policy/scrutiny";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { getPolicyOfVersion, policyVersionId } from "@/lib/policy-files/policy-versions";
import { approvalsMissing } from "@/lib/routing/quorum";
import { barredBy, type Duties } from "@/lib/routing/separation";
import type { LockedDraft } from "./lock-draft";

/** Whether an approved draft may be executed at this moment, and if not, what becomes of it. */
export type DispatchCheck =
  | { may: "execute" }
  | { may: "expire" }
  | { may: "block"; blockedBy: string[]; reasons: string[] }
  /** It was to run by itself, and somebody holds that back to review. */
  | { may: "review"; holds: Hold[] }
  /** `for` says what has to happen first, in words for the screen. */
  | { may: "wait"; for: string };

/**
 * Checks again, with what is known now and on the payload that was decided, everything that may have changed since the
 * approval: the agent's deadline, hard blocks (of the policy in force and of the one the draft was classified by), and
 * whether those who approved still could, and holds on what would run by itself. Unknown means wait, never go ahead.
 */
export async function checkDispatch(
  ctx: Pick<Context, "now" | "policies" | "db">,
  tx: Transaction,
  draft: LockedDraft,
  fetched: FetchedByVersion,
): Promise<DispatchCheck> {
  if (draft.deadline && ctx.now() >= draft.deadline) return { may: "expire" };

  if (draft.execution.notBefore && ctx.now() < draft.execution.notBefore) {
    return { may: "wait", for: "the time in which the approval can be taken back to pass" };
  }

  const current = ctx.policies.get(draft.actionType);
  if (!current) return { may: "wait", for: `a policy that covers ${draft.actionType}` };
  const versions =
    policyVersionId(current) === draft.policyVersionId
      ? [current]
      : [current, await getPolicyOfVersion(tx, ctx.policies, draft.actionType, draft.policyVersionId)];
  // A webhook that was sent once is sent until its receiver answers; a second grant is a new decision to let it run.
  const isOpen = draft.status === "approved" || draft.execution.executor === "agent";
  const isAutomatic = isOpen && draft.route !== null && runsBeforeReview(draft.route);
  const holds = isAutomatic ? await holdsOn(ctx, tx, draft) : [];
  const unknown: string[] = [];
  const ended = isAutomatic ? endedLease(leaseOf(versions, draft.rule), ctx.now()) : null;
  if (ended) holds.push(ended);
  for (const policy of versions) {
    const { classification } = await classify(ctx, tx, policy, {
      payload: JSON.parse(draft.decidedText),
      subject: draft.subject,
      agentId: draft.requestingAgentId ?? draft.agentId,
      excludeDraftId: draft.id,
      fetched: fetched.get(policyVersionId(policy)),
    });
    const { blocked_by: blockedBy, unresolved_blocks, reasons, tier } = classification;
    if (blockedBy.length > 0 || tier === "prohibited") return { may: "block", blockedBy, reasons };
    unknown.push(...unresolved_blocks);
  }
  if (holds.length > 0) return { may: "review", holds };
  if (unknown.length > 0) {
    return { may: "wait", for: `knowing whether these hold: ${[...new Set(unknown)].join(", ")}` };
  }
  const missing = await missingApproval(ctx, tx, draft);
  return missing ? { may: "wait", for: missing } : { may: "execute" };
}

/** The holds on what was released without a person; what a person approved has had its review. */
async function holdsOn(
  ctx: Pick<Context, "now" | "policies">,
  tx: Transaction,
  draft: LockedDraft,
): Promise<Hold[]> {
  const { actionType, agentId, requestingKeyId } = draft;
  const about = { actionType, agentId, requestingKeyId, now: ctx.now() };
  const row = await tx.row<{ holds: Hold[] }>(sql`SELECT (${openHolds(about)}) AS holds`);
  return holdsConcerning(row!.holds, draft.rule, ctx.policies.get(draft.actionType)?.policy);
}

/** The lease of the rule that released it, as the first of these policies that has the rule says: one may be renewed. */
const leaseOf = (versions: readonly LoadedPolicy[], ruleName: string): Lease | undefined =>
  versions.flatMap(({ policy }) => policy.rules.find(({ name }) => name === ruleName) ?? [])[0]?.lease;

interface ApprovalRow {
  person_id: string;
  on_behalf_of_id: string | null;
  name: string;
  verdict: string;
  payload_hash: string;
}

/** What approval is missing now, in words; null when the draft has all it needs. */
async function missingApproval(
  ctx: Pick<Context, "db">,
  tx: Transaction,
  draft: LockedDraft,
): Promise<string | null> {
  const [approvals, duties] = await Promise.all([
    tx.rows<ApprovalRow>(sql`
      SELECT decision.person_id, decision.on_behalf_of_id, person.name, decision.verdict, decision.payload_hash
      FROM decision JOIN person ON person.id = decision.person_id JOIN draft ON draft.id = decision.draft_id
      WHERE decision.draft_id = ${draft.id} AND decision.undone_at IS NULL AND decision.verdict IN ('approve', 'edit_and_approve')
        AND decision.classification_id = draft.classification_id`),
    tx.row<Omit<Duties, "editorIds">>(sql`
      SELECT agent.owner_id AS "agentOwnerId", api_key.owner_id AS "keyOwnerId", api_key.creator_id AS "keyCreatorId",
             api_key.rotator_id AS "keyRotatorId", draft.requested_by_id AS "requestedById",
             ${peopleBehind} AS "behindIds"
      FROM draft JOIN agent ON agent.id = draft.agent_id JOIN api_key ON api_key.id = draft.api_key_id
      WHERE draft.id = ${draft.id}`),
  ]);
  if (approvals.length === 0 && draft.route !== null && runsBeforeReview(draft.route)) return null;

  const { people } = await getDirectory(ctx.db, tx);
  const barred = barredBy({ ...duties!, editorIds: [] });
  const free = approvals.filter(({ person_id, on_behalf_of_id }) =>
    [person_id, on_behalf_of_id ?? person_id].every((id) => people.get(id)?.isApprover && !barred.has(id)),
  );
  const missing = approvalsMissing(
    draft.approvalsRequired,
    draft.decidedHash,
    free.map((row) => ({
      principalId: row.on_behalf_of_id ?? row.person_id,
      payloadHash: row.payload_hash,
      edited: row.verdict === "edit_and_approve",
    })),
  );
  if (missing === 0) return null;
  const notFree = approvals.filter((row) => !free.includes(row)).map(({ name }) => name);
  return notFree.length > 0
    ? `an approval by somebody who is free to give it; no longer: ${notFree.join(", ")}`
    : `${missing} more ${missing === 1 ? "approval" : "approvals"}`;
}
