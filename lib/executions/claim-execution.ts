import { randomBytes } from "node:crypto";
import { recordEvent } from "@/lib/audit/record-event";
import type { Context } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { fetchForDraft } from "@/lib/drafts/fetch-for-draft";
import { moveDraft } from "@/lib/drafts/move-draft";
import { ofAgent } from "@/lib/drafts/of-agent";
import { requireAgent } from "@/lib/drafts/require-agent";
import { CountersignError } from "@/lib/errors";
import { toldToAgents } from "@/lib/holds/overturned-reason";
import { sha256Hex } from "@/lib/trust/sha256";
import { checkDispatch } from "./check-dispatch";
import { isCarriedOutBy, lockDraft } from "./lock-draft";
import { refuseDispatch } from "./refuse-dispatch";

/** A grant to execute one decided payload once. */
export interface Grant {
  draft_id: string;
  /** Shown once; the report must name it. */
  grant: string;
  payload: unknown;
  payload_hash: string;
  /** For the system that acts: the same on every claim of this draft. */
  idempotency_key: string;
  /** ISO 8601. Unreported by then, the draft may be claimed anew and this grant is void. */
  expires_at: string;
}

/** How long a claim keeps others out, in milliseconds. */
export const GRANT_LEASE_MS = 15 * 60_000;

/**
 * Gives the agent that drafted it, or had it drafted, the right to execute an approved draft, after checking once more
 * that it still may be executed. One grant at a time: the next is given only when the former expired unreported.
 * @throws CountersignError `not_found`, `forbidden`, `not_claimable` (with what it waits for, or who holds it).
 */
export async function claimExecution(ctx: Context, draftId: string): Promise<Grant> {
  const actor = requireAgent(ctx.actor, "drafts:write");
  const now = ctx.now();
  const fetched = await fetchForDraft(ctx, draftId);
  // A refusal is an outcome, not an exception: what it writes down must be committed.
  const answer = await ctx.db.transaction(async (tx): Promise<Grant | CountersignError> => {
    const draft = await lockDraft(tx, draftId);
    if (!draft || !isCarriedOutBy(draft, actor.agentId)) return refuseUnapproved(tx, actor.agentId, draftId);
    const { execution } = draft;
    if (execution.executor !== "agent") {
      return new CountersignError("not_claimable", "Countersign executes this action itself, by webhook.");
    }
    const expiredAt = new Date((execution.startedAt ?? now).getTime() + GRANT_LEASE_MS);
    const isFirst = draft.status === "approved";
    if (!isFirst && (execution.status !== "claimed" || now < expiredAt)) {
      return new CountersignError("not_claimable", await saysWhoClaimed());
    }

    const check = await checkDispatch(ctx, tx, draft, fetched);
    if (check.may !== "execute") {
      // After a first claim the action may have happened: only its report can close the draft now.
      const reason = isFirst
        ? await refuseDispatch(ctx, tx, draft, check, { actor, at: now })
        : "It was claimed before, and may not be executed now. Report what became of the first claim.";
      return new CountersignError("not_claimable", toldToAgents(reason));
    }

    const grant = randomBytes(24).toString("base64url");
    const grantHash = sha256Hex(grant);
    const details = { payload_hash: draft.decidedHash, grant_hash: grantHash, again: !isFirst };
    const event = { verb: "execution.claimed", actor, at: now, details } as const;
    if (isFirst) await moveDraft(tx, draft, { ...event, to: "executing" });
    else await recordEvent(tx, { ...event, draftId: draft.id });
    await tx.run(sql`
      UPDATE execution SET status = 'claimed', grant_hash = ${grantHash}, claimed_by_key_id = ${actor.keyId},
                           started_at = ${now}, attempts = attempts + 1, waiting_for = NULL
      WHERE draft_id = ${draft.id}`);
    return {
      draft_id: draft.id,
      grant,
      payload: JSON.parse(draft.decidedText),
      payload_hash: draft.decidedHash,
      idempotency_key: execution.idempotencyKey,
      expires_at: new Date(now.getTime() + GRANT_LEASE_MS).toISOString(),
    };

    async function saysWhoClaimed(): Promise<string> {
      if (execution.status !== "claimed") return `This draft is ${draft!.status}.`;
      const key = await tx.row<{ name: string }>(
        sql`SELECT name FROM api_key WHERE id = ${execution.claimedByKeyId}`,
      );
      const since = execution.startedAt?.toISOString();
      return `It was claimed with the key "${key?.name}" at ${since}; that grant holds until ${expiredAt.toISOString()}.`;
    }
  });
  if (answer instanceof CountersignError) throw answer;
  return answer;
}

/** There is no execution: the draft is someone else's, does not exist, or has not been approved. */
async function refuseUnapproved(
  tx: Transaction,
  agentId: string,
  draftId: string,
): Promise<CountersignError> {
  const own = await tx.row<{ status: string }>(
    sql`SELECT status FROM draft WHERE id = ${draftId} AND ${ofAgent(agentId)}`,
  );
  if (!own) return new CountersignError("not_found", "There is no such draft.");
  return new CountersignError(
    "not_claimable",
    `Only an approved draft can be claimed; this one is ${own.status}.`,
  );
}
