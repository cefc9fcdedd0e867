import type { Context, SystemActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { selectExamples } from "@/lib/examples/select-examples";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { canonicalJson } from "@/lib/trust/canonical-json";
import { sha256Hex } from "@/lib/trust/sha256";
import { askModel, type ModelOutcome } from "./ask-model";
import { composePrompt, type FormerAnswer } from "./compose-prompt";
import { type DraftingModel, findDraftingModel } from "./drafting-model";
import { failRequest } from "./fail-request";
import { type Answer, answerFormat, readAnswer } from "./read-answer";
import { recordAttempt } from "./record-attempt";
import { type DraftRequest, evidenceOf, type RequestStatus } from "./request";

/** What follows: another round at once, a later run, the submission, or nothing. */
export type NextStep = "again" | "later" | "submit" | "stop";

interface Row {
  status: RequestStatus;
  action_type: string;
  text: string;
  records: DraftRequest["records"];
  subject_type: string;
  subject_id: string;
  attempts: number;
  former: FormerAnswer[];
}

const EXAMPLES = 6;
const LOOK_FOR_CANCELLATION_MS = 1_000;

/**
 * Asks the model once and records what it came to, in one transaction with what follows from it. A request that is
 * cancelled meanwhile calls the model off within a second. Repeated after a crash, it goes on from what was recorded.
 */
export async function writeOnce(
  ctx: Context<SystemActor>,
  id: string,
  successorId: string,
): Promise<NextStep> {
  const row = await ctx.db.row<Row>(sql`
    SELECT request.status, request.action_type, request.text, request.records, request.subject_type, request.subject_id,
           request.attempts,
           coalesce((SELECT json_agg(json_build_object('content', coalesce(answer, ''), 'problems', string_to_array(trouble, E'\n'))
                                     ORDER BY position)
                     FROM draft_request_attempt
                     WHERE request_id = request.id AND outcome IN ('invalid', 'truncated')), '[]') AS former
    FROM draft_request AS request WHERE request.id = ${id}`);
  if (row?.status === "checking") return "submit";
  if (row?.status !== "writing") return "stop";

  const policy = ctx.policies.get(row.action_type);
  const model = findDraftingModel();
  if (!policy || !model) return stopFor(ctx, id, policy ? NO_MODEL : NO_POLICY);

  const examples = await selectExamples(ctx, {
    actionType: row.action_type,
    text: row.text,
    evidence: evidenceOf(row),
    subjectType: row.subject_type,
    limit: EXAMPLES,
  });
  const subject = { type: row.subject_type, id: row.subject_id };
  const messages = composePrompt(policy, { ...row, subject }, examples, row.former.slice(-2));
  const startedAt = ctx.now();
  const outcome = await askUnlessCancelled(ctx, id, model, messages, policy);
  if (outcome.kind === "aborted") return "stop";

  return recordAttempt(ctx, id, successorId, {
    position: row.attempts,
    invalidBefore: row.former.length,
    model: model.name,
    promptHash: sha256Hex(canonicalJson(messages)),
    exampleIds: examples.map((example) => example.id),
    startedAt,
    outcome,
    answer: outcome.kind === "answer" ? readAnswer(outcome.content, policy) : answerless(outcome),
  });
}

const NO_MODEL = {
  code: "not_configured",
  message: "The worker has no model to write with: set DRAFTING_MODEL for it too.",
};
const NO_POLICY = {
  code: "unknown_action_type",
  message: "No policy covers this action type any more.",
};

async function stopFor(ctx: Context<SystemActor>, id: string, failure: typeof NO_MODEL): Promise<NextStep> {
  await ctx.db.transaction((tx) => failRequest(ctx, tx, id, failure));
  return "stop";
}

/** Half an answer is told to the model like any other that cannot be taken. */
const answerless = (outcome: ModelOutcome): Answer | null =>
  outcome.kind === "truncated"
    ? { kind: "invalid", problems: ["The answer was cut off at the limit of its length. Be shorter."] }
    : null;

async function askUnlessCancelled(
  ctx: Context<SystemActor>,
  id: string,
  model: DraftingModel,
  messages: ReturnType<typeof composePrompt>,
  policy: LoadedPolicy,
): Promise<ModelOutcome> {
  const calledOff = new AbortController();
  const looking = setInterval(async () => {
    // A database that is away for a moment says nothing about the request.
    const open = await ctx.db
      .row(sql`SELECT 1 FROM draft_request WHERE id = ${id} AND status = 'writing'`)
      .catch(() => ({}));
    if (!open) calledOff.abort();
  }, LOOK_FOR_CANCELLATION_MS);
  try {
    return await askModel(model, messages, answerFormat(policy), { signal: calledOff.signal, now: ctx.now });
  } finally {
    clearInterval(looking);
  }
}
