import { z } from "zod";
import { condition } from "./condition-schema";
import { hours, name, strict, text } from "./schema-parts";
import { ROUTES, runsBeforeReview, TIERS } from "./scrutiny";

const DAY = 'a day such as "2027-02-21"';
const isDay = (text: string) => {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};

/** Until when a promoted rule lets something run by itself. */
const lease = strict({
  until: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, DAY)
    .refine(isDay, DAY)
    .describe("The last day, in UTC, on which it runs by itself; from then on people review it first."),
  promotion: z
    .string()
    .regex(/^prm_[0-9A-Za-z]{1,40}$/, 'the id of a promotion, such as "prm_01J…"')
    .optional()
    .describe("The promotion that the rule comes from."),
});

const approverRule = () => name("the name of an approver rule");

const escalationStep = strict({
  after_hours: hours().describe("Hours after submission, counted as sla_in says."),
  to: approverRule().describe("The approver rule asked from then on."),
});

/** One entry of `tiers`: when it holds, what tier that is, and what follows. */
export const rule = strict({
  tier: z.enum(TIERS).describe("How risky a draft is that this rule decides."),
  name: text(80).optional().describe('Shown in place of the tier and position, as in "medium #2".'),
  description: text(2000).optional().describe("For people who read this file."),
  when: condition.optional().describe("When the rule holds; always, when left out."),
  route: z
    .enum(ROUTES)
    .optional()
    .describe("What happens to the draft. Needed unless the tier is prohibited."),
  approver_rule: approverRule().optional().describe("Who decides: the name of an approver rule."),
  approvals_required: z
    .int()
    .min(1)
    .max(20)
    .optional()
    .describe("How many different people; 1 when left out."),
  sla_hours: hours().optional().describe("Time to decide; 24 when left out."),
  sla_in: z
    .enum(["elapsed", "business_hours"])
    .optional()
    .describe("What sla_hours and after_hours count: hours that pass (default), or business hours only."),
  escalate_to: approverRule().optional().describe("The approver rule asked when sla_hours are over."),
  escalation: z
    .array(escalationStep)
    .min(1)
    .max(20)
    .optional()
    .describe("Several steps in place of escalate_to, each later than the one before."),
  on_timeout: z
    .enum(["deny", "hold"])
    .optional()
    .describe("What the last lapse comes to: deny (default), or hold until somebody decides."),
  undo_seconds: z
    .int()
    .min(0)
    .max(86_400)
    .optional()
    .describe("How long an approved action waits so that it can still be taken back."),
  min_reading_seconds: z
    .int()
    .min(1)
    .max(600)
    .optional()
    .describe("Whoever approves after looking at it for less than this is asked once more."),
  sample_review: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe("Share of automatic executions that a person checks afterwards, 0 to 1."),
  lease: lease.optional().describe("When this comes to an end by itself: on what runs before review only."),
  cites: text(200)
    .optional()
    .describe("The heading of policy.md to quote; the one that names the tier when left out."),
})
  .superRefine((entry, context) => {
    const refuse = (key: keyof typeof entry, message: string) => {
      if (entry[key] !== undefined) context.addIssue({ code: "custom", path: [key], message });
    };
    const need = (key: keyof typeof entry, message: string) => {
      if (entry[key] === undefined) context.addIssue({ code: "custom", path: [key], message });
    };
    if (entry.tier === "prohibited") {
      const why = "nothing on a prohibited rule: nobody can approve it";
      for (const key of [...REVIEW_KEYS, ...EXECUTION_KEYS, "route"] as const) refuse(key, why);
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
    if (entry.route && !runsBeforeReview(entry.route)) {
      refuse("lease", "nothing where people review first: there is nothing to end");
    }
    if (entry.escalation) refuse("escalate_to", "either escalate_to or escalation, not both");
    entry.escalation?.forEach((step, index, steps) => {
      if (index > 0 && step.after_hours <= steps[index - 1]!.after_hours) {
        const message = "more hours than the step before: all are counted from submission";
        context.addIssue({ code: "custom", path: ["escalation", index, "after_hours"], message });
      }
    });
  })
  .meta({ id: "rule" });

/** What a rule may only say where people are waited for. */
export const REVIEW_KEYS = [
  "approver_rule",
  "approvals_required",
  "sla_hours",
  "sla_in",
  "escalate_to",
  "escalation",
  "on_timeout",
  "min_reading_seconds",
] as const;

/** What a rule may only say where the action may come to be executed. */
export const EXECUTION_KEYS = ["undo_seconds", "sample_review", "lease"] as const;
