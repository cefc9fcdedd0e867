import { z } from "zod";
import { REQUEST_STATUSES } from "@/lib/drafting/request";
import { DRAFT_STATUSES, OUTCOMES } from "@/lib/drafts/types";
import { ERROR_STATUS, type ErrorCode } from "@/lib/errors";

const time = z.iso.datetime();
const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe("SHA-256 of the RFC 8785 canonical JSON, lower-case hex");
const draftId = z.string().regex(/^drf_/);
const status = z.enum(DRAFT_STATUSES);
const tier = z.enum(["low", "medium", "high", "prohibited"]);
const route = z
  .enum(["auto_execute", "batch_review", "named_approver", "execute_then_review"])
  .nullable()
  .describe("Null for what is prohibited: nobody is asked");
const dueAt = time.nullable().describe("When a decision is due; null when none is awaited");

export const submissionAnswerSchema = z.object({
  id: draftId,
  status,
  tier,
  route,
  rule: z.string().describe("The rule of the policy that decided"),
  reasons: z.array(z.string()).describe("In words: every fact that led there, with its value and threshold"),
  due_at: dueAt,
  payload_hash: hash,
});

export const previewAnswerSchema = z.object({
  status,
  tier,
  route,
  rule: z.string(),
  reasons: z.array(z.string()),
  blocked_by: z.array(z.string()).describe("Hard blocks that hold"),
  conditions: z
    .array(z.object({ fact: z.string(), holds: z.boolean().nullable() }).loose())
    .describe("Every comparison that was made; holds is null where the fact is unknown"),
  approver_rule: z.string().nullable(),
  sla_hours: z.number().nullable(),
  policy_version: z.string(),
  payload_hash: hash,
});

const summaryShape = {
  id: draftId,
  action_type: z.string(),
  external_id: z.string().nullable(),
  status,
  tier,
  route,
  summary: z.string(),
  created_at: time,
  due_at: dueAt,
  payload_hash: hash,
};

export const draftAnswerSchema = z.object({
  ...summaryShape,
  version: z.int().describe("Counts the changes of the draft"),
  closed_at: time.nullable().describe("When nothing more could become of it"),
  decided_payload: z.unknown().describe("What may be executed, once it is approved; else null"),
  decided_payload_hash: hash.nullable(),
  decisions: z.array(
    z.object({
      verdict: z.enum(["approve", "edit_and_approve", "reject", "request_changes"]),
      reason: z.string().nullable(),
      fields: z
        .array(z.string())
        .describe("JSON Pointers into the payload: what a request for changes asks to be changed"),
      decided_at: z.iso.datetime({ offset: true }),
    }),
  ),
  execution: z
    .object({
      status: z.enum(["waiting", "claimed", "delivering", "succeeded", "failed"]),
      attempts: z.int(),
      last_error: z.string().nullable(),
      hash_mismatch: z.boolean(),
    })
    .nullable(),
  revises: draftId.nullable().describe("The draft that this one answers a request for changes of"),
});

export const draftListSchema = z.object({
  drafts: z.array(z.object(summaryShape)),
  next_cursor: z.string().nullable().describe("For the next page; null on the last one"),
});

export const withdrawalSchema = z.object({ id: draftId, status: z.literal("withdrawn") });

export const grantSchema = z.object({
  draft_id: draftId,
  grant: z.string().describe("Shown once; the report must name it"),
  payload: z.unknown().describe("Exactly what may be executed"),
  payload_hash: hash,
  idempotency_key: z.string().describe("For the system that acts: the same on every claim of this draft"),
  expires_at: time.describe("Unreported by then, the draft may be claimed anew and this grant is void"),
});

export const reportAnswerSchema = z.object({
  draft_id: draftId,
  status: z.enum(["executed", "failed"]),
  hash_mismatch: z.boolean().describe("Something else was executed than what was approved"),
});

export const factsAnswerSchema = z.object({
  subject: z.object({ type: z.string(), id: z.string() }),
  stored: z.int(),
  ignored_as_older: z.int().describe("Facts of which a newer observation was there already"),
});

export const foundExamplesSchema = z.object({
  action_type: z.string(),
  policy_version: z.string().describe("The version whose `redact` says what of them is left out"),
  examples: z.array(
    z.object({
      id: z.string().regex(/^exm_/),
      action_type: z.string(),
      outcome: z.enum(OUTCOMES),
      use: z.enum(["imitate", "avoid"]).describe("Do this, or what not to do"),
      summary: z.string(),
      subject: z.object({ type: z.string(), id: z.string().optional() }),
      proposed_payload: z.unknown().describe("What the agent had proposed"),
      final_payload: z.unknown().describe("What a person approved; null where nobody did"),
      changes: z
        .array(
          z.object({
            path: z.string().describe("JSON Pointer into the payload"),
            from: z.unknown().optional().describe("Not there where the proposal had no such field"),
            to: z.unknown().optional().describe("Not there where what was approved has no such field"),
          }),
        )
        .describe("What a person changed before approving it"),
      reason: z.string().nullable().describe("Why, in the words of whoever decided it"),
      decided_at: time,
      similarity: z.number().nullable().describe("Cosine, -1 to 1; null where nothing was asked for"),
      imported: z.boolean().describe("Decided elsewhere, before Countersign"),
      policy_version: z.string().describe("The policy it was decided under"),
    }),
  ),
});

export const draftRequestAnswerSchema = z.object({
  id: z.string().regex(/^drq_/),
  action_type: z.string(),
  subject: z.object({ type: z.string(), id: z.string() }),
  external_id: z.string().nullable(),
  status: z
    .enum(REQUEST_STATUSES)
    .describe(
      "Checking: written, and being submitted. After submitted, failed and cancelled nothing follows",
    ),
  version: z.int().describe("Counts the changes of the request"),
  draft_id: draftId.nullable().describe("The draft that it became"),
  draft: z.object({ status, tier, route, summary: z.string() }).nullable(),
  waiting: z
    .object({ because: z.string(), until: time })
    .nullable()
    .describe("What holds it up, and when the model is asked again"),
  error: z
    .object({ code: z.string().describe("Stable"), message: z.string() })
    .nullable()
    .describe("Why nothing came of it. cannot_draft: the message says what is missing"),
  model: z.string().nullable(),
  attempts: z.int().describe("How often the model was asked"),
  tokens: z.object({ prompt: z.int(), completion: z.int() }).describe("What that took in all"),
  created_at: time,
  finished_at: time.nullable(),
});

export const problemSchema = z.object({
  type: z.string().describe("urn:countersign:problem: and the code"),
  title: z.string(),
  status: z.int(),
  code: z
    .enum(Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]])
    .describe("Stable: programs may rely on it"),
  detail: z.string().describe("What is wrong, for a person to read"),
  errors: z.array(z.object({ path: z.string().describe("JSON Pointer"), message: z.string() })).optional(),
  winner: z
    .object({ name: z.string(), verdict: z.string(), at: z.string() })
    .optional()
    .describe("Who was first, where two could not both be"),
});
