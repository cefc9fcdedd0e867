import { z } from "zod";
import type { Actor, Context } from "@/lib/context";
import { OUTCOMES } from "@/lib/drafts/types";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { policyVersionId } from "@/lib/policy-files/policy-versions";
import type { FewShotExample } from "./few-shot-example";
import { selectExamples } from "./select-examples";

const MOST = 20;

const actionType = z.string().trim().min(1).max(100);
const words = z.string().max(20_000).describe("What the draft to be written is about, in words");

/** The body of `POST /api/v1/examples/search`. */
export const exampleSearchSchema = z.strictObject({
  action_type: actionType,
  query: words.optional(),
  payload: z
    .record(z.string(), z.unknown())
    .optional()
    .describe("A payload as far as it is known, to find what was decided about such ones"),
  evidence: z
    .array(
      z.object({
        kind: z.enum(["message", "record", "document", "link"]),
        title: z.string().max(300),
        content: z.unknown().optional().describe("Text, or any JSON"),
      }),
    )
    .max(100)
    .default([])
    .describe("As a submission's"),
  subject: z
    .strictObject({ type: z.string().max(100), id: z.string().max(300).optional() })
    .optional()
    .describe("What the draft will be about; its type counts"),
  limit: z.int().min(1).max(MOST).default(5),
  outcomes: z
    .array(z.enum(OUTCOMES))
    .min(1)
    .max(OUTCOMES.length)
    .optional()
    .describe("Only examples that came out so; a mixture when left out"),
});

/** The query of `GET /api/v1/examples`. */
export const exampleQuerySchema = z.strictObject({
  action_type: actionType,
  q: words.optional(),
  limit: z
    .string()
    .regex(/^\d{1,2}$/, `a whole number from 1 to ${MOST}`)
    .pipe(z.coerce.number<string>().int().min(1).max(MOST))
    .default(5),
  outcome: z.enum(OUTCOMES).optional(),
});

export interface FoundExamples {
  action_type: string;
  /** The version whose rules say what of them is redacted. */
  policy_version: string;
  examples: FewShotExample[];
}

/**
 * Decided examples for the prompt of whoever holds the key, best first: what `selectExamples` answers. `input` is a body of
 * `POST /api/v1/examples/search`.
 * @throws CountersignError `forbidden` without the scope, `invalid_request`, `unknown_action_type`.
 */
export async function searchExamples(ctx: Context, input: unknown): Promise<FoundExamples> {
  requireReader(ctx.actor);
  const { action_type, query, payload, evidence, subject, limit, outcomes } = parseInput(
    exampleSearchSchema,
    input,
  );
  const examples = await selectExamples(ctx, {
    actionType: action_type,
    text: query,
    payload,
    evidence,
    subjectType: subject?.type,
    limit,
    outcomes: outcomes && [...new Set(outcomes)],
  });
  return { action_type, policy_version: policyVersionId(ctx.policies.get(action_type)!), examples };
}

/** The same, asked as the query of `GET /api/v1/examples`. */
export async function queryExamples(ctx: Context, input: unknown): Promise<FoundExamples> {
  requireReader(ctx.actor);
  const { action_type, q, limit, outcome } = parseInput(exampleQuerySchema, input);
  return searchExamples(ctx, { action_type, query: q, limit, ...(outcome ? { outcomes: [outcome] } : {}) });
}

/** Agents and trusted integrations alike: the scope decides. */
function requireReader(actor: Actor): void {
  if (actor.kind === "key" && actor.scopes.includes("examples:read")) return;
  throw new CountersignError("forbidden", "This needs a key with the scope examples:read.");
}
