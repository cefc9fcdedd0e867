import { z } from "zod";
import { KNOWN_COMPUTED_FACTS } from "./computed-facts";
import { parseCondition } from "./condition";
import { parsePointer } from "./pointer";
import { quoteFound } from "./policy-error";
import { ROUTES, TIERS } from "./scrutiny";

/** An object that refuses unknown keys and says which ones there are. */
function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const allowed = `one of the keys ${Object.keys(shape).join(", ")}`;
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? allowed : undefined),
  });
}

const text = (max: number) => z.string().min(1).max(max);
const name = (what: string) =>
  z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]{0,99}$/, `${what}: letters, digits and _ . -, a letter first`);
const pointer = z
  .string()
  .refine(
    (value) => value !== "" && parsePointer(value) !== null,
    'a JSON Pointer into the payload such as "/order_id"',
  );
const envName = z.string().regex(/^[A-Z][A-Z0-9_]*$/, "the NAME of an environment variable, in capitals");
const hours = z
  .number()
  .positive()
  .max(24 * 366);

/** A condition stays as written in the file (it is compiled later); here it is only checked. */
const condition = z.unknown().superRefine((raw, context) => {
  const problems: Parameters<typeof parseCondition>[1] = [];
  parseCondition(raw, problems);
  for (const { path, found, allowed } of problems ?? []) {
    context.addIssue({ code: "custom", path, message: allowed, params: { found } });
  }
});

const approverRule = name("the name of an approver rule");
const escalationStep = strict({ after_hours: hours, to: approverRule });

const rule = strict({
  tier: z.enum(TIERS),
  name: text(80).optional(),
  description: text(2000).optional(),
  when: condition.optional(),
  route: z.enum(ROUTES).optional(),
  approver_rule: approverRule.optional(),
  approvals_required: z.int().min(1).max(20).optional(),
  sla_hours: hours.optional(),
  escalate_to: approverRule.optional(),
  escalation: z.array(escalationStep).min(1).max(20).optional(),
  on_timeout: z.enum(["deny", "hold"]).optional(),
  undo_seconds: z.int().min(0).max(86_400).optional(),
  sample_review: z.number().min(0).max(1).optional(),
  cites: text(200).optional(),
}).superRefine((entry, context) => {
  const refuse = (key: keyof typeof entry, message: string) => {
    if (entry[key] !== undefined) context.addIssue({ code: "custom", path: [key], message });
  };
  const need = (key: keyof typeof entry, message: string) => {
    if (entry[key] === undefined) context.addIssue({ code: "custom", path: [key], message });
  };
  if (entry.tier === "prohibited") {
    const why = "nothing on a prohibited rule: nobody can approve it";
    for (const key of [...REVIEW_KEYS, "route", "undo_seconds", "sample_review"] as const) refuse(key, why);
    return;
  }
  need("route", `one of ${ROUTES.join(", ")}`);
  if (entry.route === "named_approver")
    need("approver_rule", "the name of an approver rule, as the route is named_approver");
  if (entry.route === "auto_execute") {
    for (const key of REVIEW_KEYS) refuse(key, "nothing on an auto_execute rule: nobody is waited for");
  } else {
    refuse("sample_review", "nothing unless the route is auto_execute");
  }
  if (entry.escalation) refuse("escalate_to", "either escalate_to or escalation, not both");
  entry.escalation?.forEach((step, index, steps) => {
    if (index > 0 && step.after_hours <= steps[index - 1]!.after_hours) {
      const message = "more hours than the step before: all are counted from submission";
      context.addIssue({ code: "custom", path: ["escalation", index, "after_hours"], message });
    }
  });
});

const REVIEW_KEYS = [
  "approver_rule",
  "approvals_required",
  "sla_hours",
  "escalate_to",
  "escalation",
  "on_timeout",
] as const;

const pushedFact = strict({
  from: z.literal("pushed"),
  subject: name("a subject type").optional(),
  id: pointer.optional(),
  name: name("the name the fact is pushed under").optional(),
}).superRefine((entry, context) => {
  if ((entry.subject === undefined) !== (entry.id === undefined)) {
    const path = [entry.id === undefined ? "id" : "subject"];
    const message =
      "subject (a type) and id (a payload pointer) together, or neither for the draft's own subject";
    context.addIssue({ code: "custom", path, message });
  }
});

const fact = z.discriminatedUnion("from", [
  pushedFact,
  strict({ from: z.literal("payload"), at: pointer }),
  strict({ from: z.literal("computed"), name: z.enum(KNOWN_COMPUTED_FACTS) }),
]);

const attributes = strict({
  title: text(80).optional(),
  reversible: z.boolean().optional(),
  external: z.boolean().optional(),
  data_sensitivity: z.enum(["none", "internal", "personal", "secret"]).optional(),
  blast_radius_from: pointer.optional(),
  amount_from: pointer.optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'an ISO 4217 code such as "USD"')
    .optional(),
  currency_from: pointer.optional(),
});

const webhook = strict({
  url_env: envName,
  secret_env: envName,
  timeout_seconds: z.number().positive().max(300).optional(),
});

/**
 * One policy.json. Objects are strict: a key that is not listed here is an error, because a misspelt `hard_blocks`
 * would otherwise silently forbid nothing.
 */
export const policySchema = strict({
  $schema: z.string().optional(),
  action_type: name("the action type"),
  description: text(2000).optional(),
  prohibited: z.boolean().optional(),
  tiers: z.array(rule).max(200).optional(),
  hard_blocks: z
    .array(z.union([name("the name of a fact that is true or false"), hardBlockCondition()]))
    .max(200)
    .optional(),
  attributes: attributes.optional(),
  executor: z.union([z.literal("agent"), strict({ webhook })]).optional(),
  facts: z.record(name("the name of a fact"), fact).optional(),
}).superRefine((policy, context) => {
  if (policy.prohibited) return;
  if (!policy.tiers?.length) {
    context.addIssue({ code: "custom", path: ["tiers"], message: "a non-empty list of rules" });
  }
});

function hardBlockCondition() {
  return condition.superRefine((raw, context) => {
    if (typeof raw === "object" && raw !== null && !Array.isArray(raw) && Object.keys(raw).length === 0) {
      const message = 'a condition that is not empty; to forbid the action altogether use "prohibited": true';
      context.addIssue({ code: "custom", message, params: { found: quoteFound(raw) } });
    }
  });
}

/** A valid policy.json, exactly as written. */
export type Policy = z.output<typeof policySchema>;
export type PolicyRule = NonNullable<Policy["tiers"]>[number];
export type PolicyFactEntry = NonNullable<Policy["facts"]>[string];
export type PolicyAttributes = NonNullable<Policy["attributes"]>;
export type PolicyExecutor = NonNullable<Policy["executor"]>;
export type WebhookExecutor = Exclude<PolicyExecutor, "agent">["webhook"];
