import { z } from "zod";
import { hardBlockCondition } from "./condition-schema";
import { fact, lookup, subjectFrom } from "./fact-schema";
import { rule } from "./rule-schema";
import { envName, name, payloadPointer, strict, text } from "./schema-parts";

/** A `*` between slashes stands for any key or position. */
const redactedPath = z
  .string()
  .max(500)
  .regex(
    /^(?:subject|\/(?:[^~]|~[01])*)$/,
    'a JSON Pointer into the payload such as "/address/*" (* is any key), or "subject" for the id of the draft\'s subject',
  );

const attributes = strict({
  title: text(80).optional().describe("What people call the action."),
  reversible: z.boolean().optional().describe("Whether it can be undone."),
  external: z.boolean().optional().describe("Whether somebody outside notices."),
  data_sensitivity: z.enum(["none", "internal", "personal", "secret"]).optional(),
  blast_radius_from: payloadPointer().optional().describe("Where the payload says how far it reaches."),
  amount_from: payloadPointer()
    .optional()
    .describe("Where the payload has the amount; /amount when declared."),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'an ISO 4217 code such as "USD"')
    .optional(),
  currency_from: payloadPointer().optional().describe("Where the payload has the currency."),
});

const webhook = strict({
  url_env: envName().describe("The environment variable that holds the address."),
  secret_env: envName().describe("The environment variable that holds the Standard Webhooks secret."),
  timeout_seconds: z.number().positive().max(300).optional().describe("15 when left out."),
});

/**
 * One policy.json. Objects are strict: a key that is not listed here is an error, because a misspelt `hard_blocks`
 * would otherwise silently forbid nothing.
 */
export const policySchema = strict({
  $schema: z.string().optional().describe("The JSON Schema that an editor completes by."),
  action_type: name("the action type").describe("The kind of action; the folder's name."),
  description: text(2000).optional().describe("For people who read this file."),
  prohibited: z.boolean().optional().describe("The AI may never take this action, even with approval."),
  tiers: z
    .array(rule)
    .max(200)
    .optional()
    .describe("The rules, in order: the first whose `when` holds decides. Needed unless prohibited."),
  hard_blocks: z
    .array(z.union([name("the name of a fact that is true or false"), hardBlockCondition]))
    .max(200)
    .optional()
    .describe("What forbids the action, whoever asks: facts that are true, or conditions that hold."),
  department: text(200).optional().describe("The department the action belongs to, by name or id."),
  department_from: name("the name of a fact")
    .optional()
    .describe("The fact that says which department it belongs to."),
  subject_from: subjectFrom.optional(),
  attributes: attributes.optional().describe("What approvers should know of the action type."),
  executor: z
    .union([z.literal("agent"), strict({ webhook })])
    .optional()
    .describe("Who carries an approved draft out: the agent (default), or a webhook of yours."),
  redact: z
    .array(redactedPath)
    .max(200)
    .optional()
    .describe("What of a decided draft never reaches a prompt; identifiers of every kind when left out."),
  facts: z
    .record(name("the name of a fact"), fact)
    .optional()
    .describe("Where facts come from, when it is neither the payload nor pushed for the draft's subject."),
  lookups: z
    .record(name("the name of a lookup"), lookup)
    .optional()
    .describe("What facts from http are taken from, each asked once per draft."),
}).superRefine((policy, context) => {
  const lookups = policy.lookups ?? {};
  for (const [name, entry] of Object.entries(policy.facts ?? {})) {
    if (entry.from !== "http" || Object.hasOwn(lookups, entry.lookup)) continue;
    const message = `the name of an entry of lookups: ${Object.keys(lookups).join(", ") || "there is none"}`;
    context.addIssue({ code: "custom", path: ["facts", name, "lookup"], message });
  }
  if (policy.department !== undefined && policy.department_from !== undefined) {
    const message = "either department or department_from, not both";
    context.addIssue({ code: "custom", path: ["department_from"], message });
  }
  if (policy.prohibited) return;
  if (!policy.tiers?.length) {
    context.addIssue({ code: "custom", path: ["tiers"], message: "a non-empty list of rules" });
  }
});

/** A valid policy.json, exactly as written. */
export type Policy = z.output<typeof policySchema>;
export type PolicyRule = NonNullable<Policy["tiers"]>[number];
export type PolicyFactEntry = NonNullable<Policy["facts"]>[string];
export type PolicyLookup = NonNullable<Policy["lookups"]>[string];
export type PolicyAttributes = NonNullable<Policy["attributes"]>;
