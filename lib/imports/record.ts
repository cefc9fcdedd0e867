import { z } from "zod";
import { submissionSchema } from "@/lib/drafts/submission";
import { OUTCOMES } from "@/lib/drafts/types";
import { factsSchema } from "@/lib/facts/push-facts";

const { action_type, payload, summary, reasoning, evidence, subject, external_id } = submissionSchema.shape;

const noNul = (text: string) => !text.includes("\0");
const line = (max: number) => z.string().trim().min(1).max(max).refine(noNul, "no character NUL");
const moment = z.iso.datetime({ offset: true });

/** A past decision, as one line of an import says it. Unknown keys are refused, so that a misspelt one is noticed. */
export const recordSchema = z
  .strictObject({
    external_id,
    action_type,
    subject,
    summary,
    payload: payload.describe("What was decided on: after an edit, what was approved"),
    proposed_payload: payload.optional().describe("With `edited`, and only with it: what was proposed"),
    outcome: z.enum(OUTCOMES),
    decided_at: moment,
    created_at: moment.optional().describe("When it was proposed; when it was decided, if left out"),
    decided_by: line(300).optional().describe("An e-mail address of somebody known here, or a name"),
    reason: z.string().trim().max(5000).refine(noNul, "no character NUL").optional(),
    reasoning,
    evidence,
    facts: factsSchema.shape.facts
      .or(z.strictObject({}))
      .default({})
      .describe("What was known then, by the names that the policy uses"),
    amount: z.number().min(-1e15).max(1e15).optional().describe("Where the payload does not say it"),
    currency: z
      .string()
      .regex(/^[A-Za-z]{3}$/, "three letters")
      .transform((code) => code.toUpperCase())
      .optional(),
  })
  .refine(({ outcome, proposed_payload }) => (outcome === "edited") === (proposed_payload !== undefined), {
    path: ["proposed_payload"],
    message:
      "comes with the outcome edited, and only with it; what was proposed is not known: call it approved",
  });

export type ImportRecord = z.output<typeof recordSchema>;
