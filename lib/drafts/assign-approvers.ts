import { DEFAULT_APPROVER_RULE, DEFAULT_SLA_HOURS, type Handling } from "@/lib/policy/compile-policy";
import type { BusinessCalendar } from "@/lib/routing/business-hours";
import { dueAfter } from "@/lib/routing/deadlines";
import type { Directory } from "@/lib/routing/directory";
import { type ApproverQuestion, type Resolution, resolveApprovers } from "@/lib/routing/resolve-approvers";

/** The approver rule a draft waits for. */
export interface Assignment {
  approverRule: string;
  /** How far up the chain that is: 0 is the policy's approver rule, then its escalations. */
  level: number;
  /** Whom the rule asks at this moment. */
  resolution: Resolution;
  /** Rules of the chain that were passed over because too few may decide there, from the first on. */
  passedOver: string[];
}

/** What is known of a draft before anyone is asked about it. */
export type AssignmentQuestion = Omit<ApproverQuestion, "rule" | "required">;

/**
 * The first rule of the chain, from `from` on, on which as many may decide as have to approve. When there is none, the
 * one at `from`: the timer goes on escalating, and the caller tells the admins that nobody is there.
 */
export function assignApprovers(
  directory: Directory,
  handling: Pick<Handling, "approver_rule" | "approvals_required" | "escalation">,
  question: AssignmentQuestion,
  from = 0,
): Assignment {
  const chain = chainOf(handling);
  const ask = (level: number): Assignment => ({
    approverRule: chain[level]!,
    level,
    resolution: resolveApprovers(directory, {
      ...question,
      rule: chain[level]!,
      required: handling.approvals_required,
    }),
    passedOver: chain.slice(from, level),
  });
  for (let level = from; level < chain.length; level += 1) {
    const assignment = ask(level);
    if (assignment.resolution.enough) return assignment;
  }
  return ask(from);
}

/** The same for everything that people are told of one assignment: they are told once. */
export const assignmentKey = (draftId: string, classificationId: string, level: number): string =>
  `${draftId}:${classificationId}:${level}`;

/** What the trail says of an assignment: whom it fell to at that moment, and whom it passed over. */
export const assignmentDetails = ({ resolution, level, passedOver }: Assignment) => ({
  escalation_level: level,
  approvers: resolution.approvers.slice(0, 50).map(({ personId, onBehalfOf }) => ({
    person: personId,
    ...(onBehalfOf === null ? {} : { on_behalf_of: onBehalfOf }),
  })),
  ...(passedOver.length ? { passed_over: passedOver } : {}),
});

/** When a draft that begins to wait now is due, in the hours that its rule counts in. */
export const dueOf = (
  { sla_hours, sla_in }: Pick<Handling, "sla_hours" | "sla_in">,
  now: Date,
  calendar: BusinessCalendar,
): Date => dueAfter(now, sla_hours ?? DEFAULT_SLA_HOURS, sla_in === "business_hours" ? calendar : null);

/** The approver rules a draft goes through, in order: the policy's, then its escalations. */
export const chainOf = ({
  approver_rule,
  escalation,
}: Pick<Handling, "approver_rule" | "escalation">): string[] => [
  approver_rule ?? DEFAULT_APPROVER_RULE,
  ...escalation.map(({ to }) => to),
];
