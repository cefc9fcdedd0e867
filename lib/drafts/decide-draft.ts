import { recordEvent } from "@/lib/audit/record-event";
import { decideCheck } from "@/lib/checks/decide-check";
import type { Context, PersonActor } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { getPolicyOfVersion } from "@/lib/policy-files/policy-versions";
import type { Approver } from "@/lib/routing/resolve-approvers";
import { separatedBecause } from "@/lib/routing/separation";
import { type Decision, type DecisionInput, decisionSchema } from "./decision";
import { effectOf } from "./decision-effect";
import { type FetchedByVersion, fetchForDraft } from "./fetch-for-draft";
import { type DraftUnderDecision, isOver, isQuick, lastDecision, loadForDecision } from "./load-for-decision";
import type { DecisionResult } from "./types";
import { notAsked } from "./why-asked";
import { writeDecision } from "./write-decision";

/**
 * Records one person's verdict: guarded update, decision, trail, example and whatever follows, in one transaction.
 * What is approved is classified again, by the policy version of the submission and the facts of now; if that raises the
 * tier or names another approver, the draft goes on to them instead of executing. A check of attention ends with the
 * decision, whatever it is, and its person is told.
 * @throws CountersignError `not_found`, `invalid_request`, `invalid_payload`, `not_eligible` (recorded), `screen_moved`,
 * `too_quick` (unless confirmed), `hard_blocked`, and `conflict` or `not_pending` that say who won.
 */
export async function decideDraft(ctx: Context, input: DecisionInput): Promise<DecisionResult> {
  const { actor } = ctx;
  if (actor.kind !== "person") throw new CountersignError("forbidden", "Only a signed-in person can decide.");
  const decision = parseInput(decisionSchema, input);
  try {
    const approves = decision.verdict === "approve" || decision.verdict === "edit_and_approve";
    const fetched = approves ? await fetchForDraft(ctx, decision.draftId, decision.payload) : new Map();
    return await ctx.db.transaction((tx) => decideInTransaction(ctx, tx, actor, decision, fetched));
  } catch (error) {
    if (error instanceof CountersignError && error.code === "not_eligible") {
      await recordEvent(ctx.db, {
        verb: "draft.decision_denied",
        actor,
        at: ctx.now(),
        draftId: decision.draftId,
        details: { verdict: decision.verdict, reason: "not_eligible" },
      });
    }
    throw error;
  }
}

async function decideInTransaction(
  ctx: Context,
  tx: Transaction,
  actor: PersonActor,
  decision: Decision,
  fetched: FetchedByVersion,
): Promise<DecisionResult> {
  const draft = await loadForDecision(ctx, tx, decision.draftId, actor.personId, { lock: true });
  if (!draft) throw new CountersignError("not_found", "There is no such draft.");
  const entitlement = guard(draft, actor, decision, ctx.now());
  const policy = await getPolicyOfVersion(
    tx,
    ctx.policies,
    draft.row.action_type,
    draft.row.policy_version_id,
  );
  if (draft.row.origin === "check") {
    return decideCheck(ctx, tx, { actor, draft, entitlement, decision, policy });
  }
  const effect = await effectOf(ctx, tx, { draft, entitlement, decision, policy, fetched });
  const { undoUntil } = await writeDecision(ctx, tx, { actor, draft, entitlement, decision, policy, effect });
  const { moved } = effect;
  return {
    draftId: decision.draftId,
    status: effect.status,
    tier: moved?.classification.tier ?? draft.row.tier,
    movedTo: moved && {
      approverRule: moved.assignment.approverRule,
      reason: moved.classification.reasons.join("; "),
    },
    approvalsMissing: effect.missing,
    undoUntil: undoUntil?.toISOString() ?? null,
  };
}

/** Refuses what this person may not decide now; answers as whom they may. */
function guard(draft: DraftUnderDecision, actor: PersonActor, decision: Decision, now: Date): Approver {
  if (draft.row.status !== "pending") {
    const winner = lastDecision(draft);
    if (winner && winner.person_id !== actor.personId) {
      throw new CountersignError("conflict", `${winner.name} decided this first (${winner.verdict}).`, {
        winner: { name: winner.name, verdict: winner.verdict, at: winner.at },
      });
    }
    throw new CountersignError(
      "not_pending",
      `This draft is ${draft.row.status} and no longer waits for a decision.`,
    );
  }
  if (isOver(draft, now)) {
    throw new CountersignError("not_pending", "This draft has expired: its time to be decided is over.");
  }
  const duty = separatedBecause(actor.personId, draft.duties);
  if (duty) throw new CountersignError("not_eligible", duty);
  const { entitlement } = draft;
  if (!entitlement) throw new CountersignError("not_eligible", notAsked(draft));
  if (draft.row.decisions.some(({ person_id }) => person_id === actor.personId)) {
    throw new CountersignError("conflict", "You have decided on this already; it waits for somebody else.");
  }
  if (draft.screenHash !== decision.screenHash) {
    throw new CountersignError(
      "screen_moved",
      "This draft changed while it was on your screen. Look at it again.",
    );
  }
  if (isQuick(draft, decision) && !decision.confirmedQuick) {
    const asked = draft.row.handling.min_reading_seconds;
    throw new CountersignError(
      "too_quick",
      `You had this on the screen for ${decision.secondsOnScreen ?? 0} s; its policy asks for ${asked}. Approve it all the same?`,
    );
  }
  return entitlement;
}
