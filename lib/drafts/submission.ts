import { z } from "zod";

const line = (max: number) => z.string().trim().min(1).max(max);

const httpUrl = z
  .string()
  .max(2000)
  .refine((text) => /^https?:\/\//i.test(text) && URL.canParse(text), "an http or https address");

const evidence = z.strictObject({
  kind: z.enum(["message", "record", "document", "link"]),
  title: line(300),
  content: z.unknown().optional().describe("Text, or any JSON"),
  url: httpUrl.optional(),
  source: line(200).optional(),
});

/** Largest payload and evidence, as canonical JSON in bytes. */
export const MAX_PAYLOAD_BYTES = 256 * 1024;
export const MAX_EVIDENCE_BYTES = 1024 * 1024;

/** The body of `POST /api/v1/drafts`. Unknown keys are refused, so that a misspelt deadline is not silently dropped. */
export const submissionSchema = z.strictObject({
  action_type: line(100),
  payload: z
    .record(z.string(), z.unknown())
    .describe("Exactly what would be executed; the action type's schema says what it holds"),
  summary: line(500).describe("One line for the approver"),
  reasoning: z.string().max(20_000).optional(),
  confidence: z.number().min(0).max(1).optional().describe("For people to see. It has no say in the tier"),
  evidence: z.array(evidence).max(100).default([]),
  subject: z
    .strictObject({ type: line(100), id: line(300) })
    .describe("What the action is about: its trusted facts are looked up"),
  requested_by: line(300)
    .optional()
    .describe(
      "The person who triggered the draft: their id or e-mail here, if they have one. They will not decide it",
    ),
  expected_outcome: z.string().max(5000).optional(),
  deadline: z.iso.datetime({ offset: true }).optional().describe("After this it expires, decided or not"),
  callback_url: httpUrl.optional().describe("Told what became of the draft"),
  external_id: line(300).optional(),
});

export type Submission = z.output<typeof submissionSchema>;
