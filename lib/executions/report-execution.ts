import { timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { Context } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { requireAgent } from "@/lib/drafts/require-agent";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { canonicalJson } from "@/lib/trust/canonical-json";
import { sha256Hex } from "@/lib/trust/sha256";
import { failExecution, MAX_ERROR_LENGTH } from "./fail-execution";
import { isCarriedOutBy, lockDraft } from "./lock-draft";
import { succeedExecution } from "./succeed-execution";

const MAX_RESULT_BYTES = 64 * 1024;

/** The body of `POST /api/v1/drafts/{id}/execution`. */
export const reportSchema = z
  .strictObject({
    grant: z.string().min(1).max(200),
    outcome: z.enum(["succeeded", "failed"]),
    /** May be missing only when nothing was executed. */
    executed_payload_hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/, "64 lower-case hex digits (SHA-256)")
      .optional(),
    result: z
      .unknown()
      .optional()
      .refine(
        (value) => value === undefined || Buffer.byteLength(JSON.stringify(value)) <= MAX_RESULT_BYTES,
        {
          message: "at most 64 KB as JSON",
        },
      ),
    error: z.string().min(1).max(MAX_ERROR_LENGTH).optional(),
  })
  .refine((report) => report.outcome === "failed" || report.executed_payload_hash !== undefined, {
    path: ["executed_payload_hash"],
    message: "required when the execution succeeded",
  });

/** What the agent is told: the same again for the same report. */
export interface ReportAnswer {
  draft_id: string;
  status: "executed" | "failed";
  hash_mismatch: boolean;
}

/**
 * Takes the agent's report of a claimed execution, once. The hash of what was executed is compared with what was
 * decided; a difference makes the draft failed, whatever the agent says, and raises an alarm. The identical report
 * again gets the same answer; a report after the grant's end still counts while nobody claimed anew.
 * @throws CountersignError `not_found`, `forbidden` (not the current grant), `conflict` (reported otherwise before),
 * `invalid_request`.
 */
export async function reportExecution(ctx: Context, draftId: string, input: unknown): Promise<ReportAnswer> {
  const actor = requireAgent(ctx.actor, "drafts:write");
  const report = parseInput(reportSchema, input);
  return ctx.db.transaction(async (tx) => {
    const draft = await lockDraft(tx, draftId);
    if (!draft || !isCarriedOutBy(draft, actor.agentId)) {
      throw new CountersignError("not_found", "There is no such draft, or it was never claimed.");
    }
    if (!isGrant(report.grant, draft.execution.grantHash)) {
      throw new CountersignError("forbidden", "This is not the draft's current grant.");
    }
    const executedHash = report.executed_payload_hash ?? null;
    const mismatch = executedHash !== null && executedHash !== draft.decidedHash;
    const succeeded = report.outcome === "succeeded" && !mismatch;
    const closing = {
      attempt: draft.execution.attempts,
      executedHash,
      error: report.error ?? defaultError(report.outcome),
      result: report.result === undefined ? null : canonicalJson(report.result),
    };
    const answer: ReportAnswer = {
      draft_id: draft.id,
      status: succeeded ? "executed" : "failed",
      hash_mismatch: mismatch,
    };

    if (draft.status !== "executing") {
      if (await isRecorded(tx, draft.id, answer.status, closing)) return answer;
      throw new CountersignError(
        "conflict",
        `The execution was reported before, differently; the draft is ${draft.status}.`,
      );
    }
    if (succeeded) await succeedExecution(ctx, tx, draft, { ...closing, confirmed: true });
    else await failExecution(ctx, tx, draft, closing);
    return answer;
  });
}

/** Says the outcome too, so that two reports of another hash differ when their outcomes do. */
const defaultError = (outcome: "succeeded" | "failed"): string =>
  outcome === "failed"
    ? "the agent reported a failure"
    : "the agent executed another payload than the one that was approved";

function isGrant(grant: string, grantHash: string | null): boolean {
  if (grantHash === null) return false;
  return timingSafeEqual(Buffer.from(sha256Hex(grant)), Buffer.from(grantHash));
}

/** Whether what stands recorded is what this report says. */
async function isRecorded(
  tx: Transaction,
  draftId: string,
  status: "executed" | "failed",
  closing: { executedHash: string | null; error: string; result: string | null },
): Promise<boolean> {
  const row = await tx.row<{
    status: string;
    hash: string | null;
    error: string | null;
    result: string | null;
  }>(sql`
    SELECT status, executed_hash AS hash, last_error AS error, result::text AS result
    FROM execution WHERE draft_id = ${draftId} AND finished_at IS NOT NULL`);
  if (!row || row.hash !== closing.executedHash || row.result !== closing.result) return false;
  return status === "executed"
    ? row.status === "succeeded"
    : row.status === "failed" && row.error === closing.error;
}
