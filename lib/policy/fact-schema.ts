import { z } from "zod";
import { COMPUTED_FACT_FORM, COMPUTED_FACT_SHAPE, isComputedFactName } from "./computed-facts";
import { name, payloadPointer, strict } from "./schema-parts";

const pushedFact = strict({
  from: z.literal("pushed"),
  subject: name("a subject type").optional().describe("The subject's type, such as order."),
  id: payloadPointer().optional().describe("Where the payload has the subject's id, such as /order_id."),
  name: name("the name the fact is pushed under")
    .optional()
    .describe("The name it is pushed under; this entry's own when left out."),
})
  .superRefine((entry, context) => {
    if ((entry.subject === undefined) !== (entry.id === undefined)) {
      const path = [entry.id === undefined ? "id" : "subject"];
      const message =
        "subject (a type) and id (a payload pointer) together, or neither for the draft's own subject";
      context.addIssue({ code: "custom", path, message });
    }
  })
  .meta({ id: "pushed_fact", description: "A value that a trusted system pushes." });

/** One entry of `facts`: where a fact comes from. */
export const fact = z.discriminatedUnion("from", [
  pushedFact,
  strict({
    from: z.literal("payload"),
    at: payloadPointer().describe("Where the payload has it."),
  }).describe("A part of the payload that would be executed."),
  strict({
    from: z.literal("computed"),
    name: z
      .string()
      .regex(COMPUTED_FACT_SHAPE, { error: COMPUTED_FACT_FORM, abort: true })
      .refine(isComputedFactName, COMPUTED_FACT_FORM)
      .describe(COMPUTED_FACT_FORM),
  }).describe("A total, count or share that Countersign computes from its own drafts."),
]);

/** `subject_from`: by which fact we know whom a draft is about, whatever the agent says. */
export const subjectFrom = strict({
  type: name("a subject type").describe("The type that the draft's subject must have."),
  fact: name("the name of a fact").describe(
    "The fact that holds the subject's id; neither computed nor pushed for the draft's own subject.",
  ),
}).describe(
  "Whom the draft is really about. Its own facts are looked up for that subject, and a draft that claims another is blocked.",
);
