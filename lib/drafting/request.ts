import { z } from "zod";
import type { Submission } from "@/lib/drafts/submission";

const line = (max: number) => z.string().trim().min(1).max(max);

/** What the model is given and the draft's evidence holds, as JSON in bytes. */
export const MAX_RECORDS_BYTES = 256 * 1024;
const MAX_TEXT_LENGTH = 20_000;
const MAX_RECORDS = 20;

const record = z.strictObject({
  title: line(300),
  content: z.unknown().describe("Text, or any JSON"),
  source: line(200).optional(),
});

/** What a person asks for; who they are, their session says. */
export const personRequestSchema = z.strictObject({
  action_type: line(100),
  text: line(MAX_TEXT_LENGTH).describe(
    "What is asked for, in anybody's words. It has no say in action type, subject or tier",
  ),
  records: z.array(record).max(MAX_RECORDS).default([]).describe("What there is to go by"),
  subject: z
    .strictObject({ type: line(100), id: line(300) })
    .describe("What the action is about: its trusted facts are looked up"),
});

/** The body of `POST /api/v1/draft-requests`. Unknown keys are refused, as with drafts. */
export const draftRequestSchema = personRequestSchema.extend({
  requested_by: line(300)
    .optional()
    .describe(
      "The person behind it: their id or e-mail here, if they have one. They will not decide the draft",
    ),
  external_id: line(300).optional(),
});

export type DraftRequest = z.output<typeof draftRequestSchema>;

export const REQUEST_STATUSES = [
  "queued",
  "writing",
  "checking",
  "submitted",
  "failed",
  "cancelled",
] as const;
export type RequestStatus = (typeof REQUEST_STATUSES)[number];

/** Whether nothing will happen to a request any more. */
export const isFinished = (status: RequestStatus): boolean =>
  status === "submitted" || status === "failed" || status === "cancelled";

/** What a draft shows of the request that it answers: the request itself and its records, and nothing else. */
export function evidenceOf({
  text,
  records,
}: Pick<DraftRequest, "text" | "records">): Submission["evidence"] {
  return [
    { kind: "message", title: "Request to the drafter", content: text },
    ...records.map(({ title, content, source }) => ({
      kind: "record" as const,
      title,
      content,
      ...(source === undefined ? {} : { source }),
    })),
  ];
}
