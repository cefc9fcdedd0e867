import { z } from "zod";

/** What a person decides, and what they saw. */
export const decisionSchema = z
  .strictObject({
    draftId: z.string().min(1).max(100),
    verdict: z.enum(["approve", "edit_and_approve", "reject", "request_changes"]),
    reason: z.string().trim().max(5000).optional(),
    /** The fields of the payload that should change, as JSON Pointers (RFC 6901), with request_changes only. */
    fields: z
      .array(
        z
          .string()
          .max(500)
          .regex(/^(\/([^~/]|~[01])*)+$/, "a JSON Pointer into the payload"),
      )
      .max(50)
      .default([]),
    /** The edited payload, with edit_and_approve only. */
    payload: z.record(z.string(), z.unknown()).optional(),
    /** The hash of everything that was on the decider's screen. */
    screenHash: z.string().regex(/^[0-9a-f]{64}$/, "the hash that the review screen came with"),
    precedentIds: z.array(z.string().max(100)).max(4).default([]),
    /** For how long the decider had it before them, whole seconds; left out where nobody measured. */
    secondsOnScreen: z.int().min(0).max(86_400).optional(),
    /** They were told that they are quicker than the policy asks, and approve all the same. */
    confirmedQuick: z.boolean().default(false),
    /** Decisions of one batch share it. */
    batchId: z.ulid().optional(),
  })
  .refine(({ verdict, payload }) => (verdict === "edit_and_approve") === (payload !== undefined), {
    path: ["payload"],
    message: "comes with edit_and_approve, and only with it",
  })
  .refine(({ verdict, fields }) => verdict === "request_changes" || fields.length === 0, {
    path: ["fields"],
    message: "come with request_changes, and only with it",
  })
  .refine(({ verdict, reason }) => verdict === "approve" || verdict === "edit_and_approve" || reason, {
    path: ["reason"],
    message: "say why: the agent and the next approver learn from it",
  });

export type DecisionInput = z.input<typeof decisionSchema>;
export type Decision = z.output<typeof decisionSchema>;
