import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { ofAgent } from "./of-agent";
import { requireAgent } from "./require-agent";
import { submissionSchema } from "./submission";
import { type Arrival, submitDraft } from "./submit-draft";
import type { DraftStatus } from "./types";

/**
 * Answers a request for changes: a new draft like any other, linked to the one it revises. An agent revises by itself
 * what it had the built-in drafter write.
 * @throws CountersignError as `submitDraft` does; `not_found`, `not_pending` unless changes were asked for, and
 * `conflict` when action type or subject are not the former draft's, or it was revised before.
 */
export async function reviseDraft(ctx: Context, draftId: string, input: unknown, arrival: Arrival) {
  const actor = requireAgent(ctx.actor, "drafts:write");
  const { action_type, subject } = parseInput(submissionSchema, input);
  const former = await ctx.db.row<{
    status: DraftStatus;
    action_type: string;
    subject_type: string;
    subject_id: string;
  }>(sql`
    SELECT status, action_type, subject_type, subject_id FROM draft
    WHERE id = ${draftId} AND ${ofAgent(actor.agentId)}`);
  if (!former) throw new CountersignError("not_found", "This agent has no such draft.");
  if (former.status !== "changes_requested") {
    throw new CountersignError(
      "not_pending",
      `This draft is ${former.status}; only one that somebody asked changes for can be revised.`,
    );
  }
  const same =
    action_type === former.action_type &&
    subject.type === former.subject_type &&
    subject.id === former.subject_id;
  if (!same) {
    throw new CountersignError(
      "conflict",
      "A revision keeps the action type and the subject of the draft it revises.",
    );
  }
  return submitDraft(ctx, input, { ...arrival, revisesId: draftId });
}
