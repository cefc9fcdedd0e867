import { z } from "zod";
import { COMPUTED_FACT_FORM, COMPUTED_FACT_SHAPE, isComputedFactName } from "./computed-facts";
import { envName, name, payloadPointer, pointer, strict } from "./schema-parts";
import { parseUrlTemplate, URL_TEMPLATE_FORM } from "./url-template";

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
    from: z.literal("http"),
    lookup: name("the name of a lookup").describe("The entry of lookups that is asked."),
    at: pointer("the answer", "/customer/id").describe("Where its JSON answer has the value."),
  }).describe("A part of what a system of yours answers over HTTP."),
  strict({
    from: z.literal("computed"),
    name: z
      .string()
      .regex(COMPUTED_FACT_SHAPE, { error: COMPUTED_FACT_FORM, abort: true })
      .refine(isComputedFactName, COMPUTED_FACT_FORM)
      .describe(COMPUTED_FACT_FORM),
  }).describe("A total, count or share that Countersign computes from its own drafts."),
]);

/** One entry of `lookups`: an HTTP GET of yours that facts are taken from. */
export const lookup = strict({
  url: z
    .string()
    .refine((text) => parseUrlTemplate(text) !== null, URL_TEMPLATE_FORM)
    .optional()
    .describe(URL_TEMPLATE_FORM),
  url_env: envName().optional().describe("The environment variable that holds such a URL, in place of url."),
  headers_env: z
    .record(
      z.string().regex(/^[A-Za-z0-9-]{1,100}$/, "a header name"),
      envName().describe("The environment variable that holds the header's value."),
    )
    .optional()
    .describe("Headers to send, each with the environment variable that holds its value."),
  timeout_seconds: z.number().positive().max(10).optional().describe("3 when left out."),
  max_age_seconds: z
    .int()
    .min(0)
    .max(86_400)
    .optional()
    .describe("How old an answer may be to be used again; 0, always asking anew, when left out."),
})
  .superRefine((entry, context) => {
    if ((entry.url === undefined) === (entry.url_env === undefined)) {
      const path = [entry.url === undefined ? "url_env" : "url"];
      context.addIssue({ code: "custom", path, message: "either url or url_env" });
    }
  })
  .meta({ id: "lookup" });

/** `subject_from`: by which fact we know whom a draft is about, whatever the agent says. */
export const subjectFrom = strict({
  type: name("a subject type").describe("The type that the draft's subject must have."),
  fact: name("the name of a fact").describe(
    "The fact that holds the subject's id; neither computed nor pushed for the draft's own subject.",
  ),
}).describe(
  "Whom the draft is really about. Its own facts are looked up for that subject, and a draft that claims another is blocked.",
);
