import type { Context, SystemActor } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { canonicalJson } from "@/lib/trust/canonical-json";
import { enqueueWorkflow } from "@/lib/workflows/enqueue";
import type { ModelOutcome } from "./ask-model";
import { type Failure, failRequest } from "./fail-request";
import type { Answer } from "./read-answer";
import type { NextStep } from "./write-once";

/** One call of the model, made. */
export interface Attempt {
  /** How many came before; an attempt that somebody else recorded meanwhile makes this one void. */
  position: number;
  /** How many answers before this one could not be taken. */
  invalidBefore: number;
  model: string;
  promptHash: string;
  exampleIds: string[];
  startedAt: Date;
  outcome: Exclude<ModelOutcome, { kind: "aborted" }>;
  /** What its answer says; null where it gave none. */
  answer: Answer | null;
}

/** The first answer, and two that repair it. */
const MAX_INVALID = 3;
const SECOND = 1_000;
/** After that many failures in a row, about four minutes, it is over: somebody waits for this. */
const DELAYS_MS = [2, 5, 15, 30, 60, 120].map((seconds) => seconds * SECOND);
const MAX_WAIT_MS = 10 * 60 * SECOND;
const MAX_KEPT_ANSWER = 100_000;

/** Records what a call came to, what it cost, and what follows, in one transaction. */
export async function recordAttempt(
  ctx: Context<SystemActor>,
  id: string,
  successorId: string,
  attempt: Attempt,
): Promise<NextStep> {
  const { position, outcome, answer } = attempt;
  const { promptTokens, completionTokens } = outcome.usage;
  return ctx.db.transaction(async (tx) => {
    // Tokens are counted also when the request was cancelled meanwhile: they were spent.
    const counted = await tx.row<{ status: string }>(sql`
      UPDATE draft_request
      SET attempts = attempts + 1, prompt_tokens = prompt_tokens + ${promptTokens ?? 0}::int,
          completion_tokens = completion_tokens + ${completionTokens ?? 0}::int, version = version + 1,
          model = ${attempt.model}, example_ids = ${attempt.exampleIds}
      WHERE id = ${id} AND attempts = ${position} RETURNING status`);
    if (!counted) return "again";
    await tx.run(sql`
      INSERT INTO draft_request_attempt (request_id, position, model, outcome, trouble, answer, prompt_hash, prompt_tokens,
                                         completion_tokens, started_at, finished_at)
      VALUES (${id}, ${position}, ${attempt.model}, ${nameOf(attempt)}, ${troubleOf(attempt)},
              ${"content" in outcome ? outcome.content.replaceAll("\0", "").slice(0, MAX_KEPT_ANSWER) : null},
              ${attempt.promptHash}, ${promptTokens}, ${completionTokens}, ${attempt.startedAt}, ${ctx.now()})`);
    if (counted.status !== "writing") return "stop";

    if (answer?.kind === "draft") {
      await tx.run(sql`
        UPDATE draft_request SET status = 'checking', written = ${canonicalJson(answer.written)}::json WHERE id = ${id}`);
      return "submit";
    }
    if (answer?.kind === "invalid" && attempt.invalidBefore + 1 < MAX_INVALID) return "again";
    if (outcome.kind === "unreachable") {
      const delayMs = await delayOf(tx, id, outcome.retryAfterMs);
      if (delayMs !== null) {
        const delayUntil = new Date(ctx.now().getTime() + delayMs);
        await tx.run(
          sql`UPDATE draft_request SET trouble = ${outcome.because}, retry_at = ${delayUntil} WHERE id = ${id}`,
        );
        enqueueWorkflow(tx, "write_draft", { id: successorId, args: [id], delayUntil });
        return "later";
      }
    }
    await failRequest(ctx, tx, id, failureOf(attempt));
    return "stop";
  });
}

const nameOf = ({ outcome, answer }: Attempt): string =>
  outcome.kind === "answer" ? (answer?.kind ?? "invalid") : outcome.kind;

/** What was wrong, a line each. */
function troubleOf({ outcome, answer }: Attempt): string | null {
  if (answer?.kind === "invalid") {
    return answer.problems.map((problem) => problem.replaceAll(/[\0\n]/g, " ")).join("\n");
  }
  return "because" in outcome ? outcome.because : null;
}

/** Milliseconds until the next try; null when it was tried often enough. */
async function delayOf(tx: Transaction, id: string, retryAfterMs: number | null): Promise<number | null> {
  const row = await tx.row<{ failures: number }>(sql`
    SELECT count(*)::int AS failures FROM draft_request_attempt
    WHERE request_id = ${id} AND outcome = 'unreachable' AND position > coalesce((
      SELECT max(position) FROM draft_request_attempt WHERE request_id = ${id} AND outcome <> 'unreachable'), -1)`);
  const delay = DELAYS_MS[row!.failures - 1];
  if (delay === undefined) return null;
  return Math.max(delay, Math.min(retryAfterMs ?? 0, MAX_WAIT_MS));
}

function failureOf({ outcome, answer }: Attempt): Failure {
  if (answer?.kind === "cannot") return { code: "cannot_draft", message: answer.missing };
  if (answer?.kind === "invalid") {
    const [problem] = answer.problems;
    return {
      code: outcome.kind === "truncated" ? "answer_truncated" : "invalid_answer",
      message: `The model's answer could not be taken, also after it was told why. ${problem}`,
    };
  }
  if (outcome.kind === "refused") {
    return { code: "model_refused", message: `The model refused to draft this: ${outcome.because}` };
  }
  if (outcome.kind === "unreachable") {
    return { code: "model_unreachable", message: `${outcome.because} It was tried several times.` };
  }
  return {
    code: "model_error",
    message: "because" in outcome ? outcome.because : "The model's answer could not be read.",
  };
}
