import { DEFAULT_APPROVER_RULE } from "@/lib/policy/compile-policy";
import { type ApproverRuleDefinition, type ApproverTarget, bandOf } from "./approver-rule";
import { type StandIn, standInOf } from "./delegate";
import type { Directory } from "./directory";
import { onCallAt } from "./on-call";

/** What a rule is asked: who may decide a draft of this amount and department, at this moment. */
export interface ApproverQuestion {
  rule: string;
  /** In the currency's main unit; null when the draft has none. */
  amount: number | null;
  departmentId: string | null;
  /** How many different people have to approve. */
  required: number;
  at: Date;
  /** The people whom duty keeps from deciding this draft. */
  barred: ReadonlySet<string>;
}

/** What made the rule ask somebody. */
export type Via =
  | { kind: "person" }
  | { kind: "group"; name: string }
  | { kind: "schedule"; name: string; until: Date | null }
  | { kind: "department_head"; name: string }
  | { kind: "every_approver" };

export interface Approver {
  personId: string;
  via: Via;
  /** The person in whose place they answer; null when they answer for themselves. */
  onBehalfOf: string | null;
}

export interface Resolution {
  /** The band the amount fell into; null when there is no such rule. */
  band: number | null;
  /** Everyone who may decide, each once, in the order the rule names them. */
  approvers: Approver[];
  /** Those the rule names who may not, or are not there, each with a sentence. */
  passedOver: { who: string; because: string }[];
  /** Whether they are as many as have to approve. */
  enough: boolean;
}

/** Somebody a rule names, and who answers for them. */
interface Asked {
  principalId: string;
  via: Via;
  answers: StandIn;
}

/** What the default rule asks for as long as nobody has entered it. */
const everyApprover: ApproverRuleDefinition = {
  bands: [{ up_to: null, mode: "all", ask: [{ kind: "every_approver" }] }],
};

/** The rule of that name; the default one is there also when nobody entered it. */
export const ruleNamed = (directory: Directory, name: string): ApproverRuleDefinition | null =>
  directory.rules.get(name) ?? (name === DEFAULT_APPROVER_RULE ? everyApprover : null);

/**
 * Resolves an approver rule to people at a moment: by amount band, then the persons, groups, schedules and department
 * heads it names, without those kept away by duty and with delegates for those who are away.
 * Total: a rule, group, schedule or person that is not there asks nobody, and says so.
 */
export function resolveApprovers(directory: Directory, question: ApproverQuestion): Resolution {
  const definition = ruleNamed(directory, question.rule);
  if (!definition) {
    const because = "there is no approver rule of that name";
    return { band: null, approvers: [], passedOver: [{ who: question.rule, because }], enough: false };
  }
  const index = bandOf(definition, question.amount);
  const { ask, mode } = definition.bands[index]!;
  const approvers = new Map<string, Approver>();
  const passedOver: Resolution["passedOver"] = [];
  for (const target of ask) {
    if (mode === "first" && approvers.size >= question.required) break;
    if (!concerns(target, question.departmentId)) continue;
    const asked = askedBy(directory, target, question.departmentId, question.at);
    if ("nobody" in asked) {
      passedOver.push(asked.nobody);
      continue;
    }
    for (const { principalId, via, answers } of asked) {
      const who = nameOf(directory, principalId);
      const barred = [principalId, ...linksOf(answers)].find((id) => question.barred.has(id));
      if (answers.personId === null) passedOver.push({ who, because: answers.because });
      else if (barred !== undefined)
        passedOver.push({ who, because: barredBecause(directory, principalId, barred) });
      else {
        const onBehalfOf = answers.personId === principalId ? null : principalId;
        const known = approvers.get(answers.personId);
        // One who is asked twice answers for themselves if they can.
        if (!known || (known.onBehalfOf !== null && onBehalfOf === null)) {
          approvers.set(answers.personId, { personId: answers.personId, via, onBehalfOf });
        }
      }
    }
  }
  return {
    band: index,
    approvers: [...approvers.values()],
    passedOver,
    enough: approvers.size >= question.required,
  };
}

const linksOf = (answers: StandIn): string[] =>
  answers.personId === null ? [] : [...answers.path, answers.personId];

const nameOf = (directory: Directory, personId: string): string =>
  directory.people.get(personId)?.name ?? personId;

const barredBecause = (directory: Directory, principalId: string, barred: string): string =>
  principalId === barred
    ? "may not decide it: they drafted, asked for or changed it themselves"
    : `${nameOf(directory, barred)}, who would stand in, may not decide it`;

const concerns = ({ departments }: ApproverTarget, departmentId: string | null): boolean =>
  departments === undefined || (departmentId !== null && departments.includes(departmentId));

/** The people one target names, each with who answers for them; or a sentence why there is nobody to name. */
function askedBy(
  directory: Directory,
  target: ApproverTarget,
  departmentId: string | null,
  at: Date,
): Asked[] | { nobody: { who: string; because: string } } {
  const nobody = (who: string, because: string) => ({ nobody: { who, because } });
  const each = (ids: readonly string[], via: Via): Asked[] =>
    ids.map((principalId) => ({ principalId, via, answers: standInOf(directory, principalId, at) }));
  switch (target.kind) {
    case "person":
      return each([target.id], { kind: "person" });
    case "group": {
      const group = directory.groups.get(target.id);
      if (!group) return nobody("a group", "which is not there any more");
      return group.memberIds.length
        ? each(group.memberIds, { kind: "group", name: group.name })
        : nobody(group.name, "the group has no members");
    }
    case "schedule": {
      const schedule = directory.schedules.get(target.id);
      if (!schedule) return nobody("a schedule", "which is not there any more");
      const turn = onCallAt(schedule.definition, schedule.overrides, at);
      return turn
        ? each([turn.personId], { kind: "schedule", name: schedule.name, until: turn.until ?? null })
        : nobody(schedule.name, "nobody is on call at this time");
    }
    case "department_head": {
      if (departmentId === null) return nobody("the head of the department", "the draft names no department");
      const department = directory.departments.get(departmentId);
      if (!department?.headId) return nobody(department?.name ?? departmentId, "the department has no head");
      return each([department.headId], { kind: "department_head", name: department.name });
    }
    case "every_approver": {
      const approvers = [...directory.people.values()].filter(({ isApprover }) => isApprover);
      return each(
        approvers.map(({ id }) => id),
        { kind: "every_approver" },
      );
    }
  }
}

/** What of a rule's drafts waits for one person now: the inbox reads these, and nothing else. */
export interface Claim {
  rule: string;
  /** Amounts over this one; null from the lowest, and with `up_to` null also unknown ones. */
  over: number | null;
  up_to: number | null;
  /** Drafts of this department only; null for all others than `not_departments`. */
  department: string | null;
  not_departments: string[];
  /** Those through whom the person answers: when duty keeps one of them away, this is not for them. */
  through: string[];
  /** Whoever is asked before them, with those through whom they answer: the quorum may need nobody further. */
  before: { person: string; through: string[] }[];
}

/** What waits for a person at a moment, over all rules: the same as asking `resolveApprovers` about each draft. */
export function claimsOf(directory: Directory, personId: string, at: Date): Claim[] {
  const names = new Set([...directory.rules.keys(), DEFAULT_APPROVER_RULE]);
  return [...names].flatMap((rule) => {
    const { bands } = ruleNamed(directory, rule)!;
    return bands.flatMap(({ ask, mode, up_to }, index) => {
      const over = index === 0 ? null : bands[index - 1]!.up_to;
      const named = departmentsNamed(directory, ask);
      return [...named, null].flatMap((department) => {
        const before: Claim["before"] = [];
        const found: Claim[] = [];
        for (const target of ask) {
          if (!concerns(target, department)) continue;
          const asked = askedBy(directory, target, department, at);
          if ("nobody" in asked) continue;
          const links = asked.flatMap(({ answers, principalId }) =>
            answers.personId === null
              ? []
              : [{ person: answers.personId, through: [principalId, ...linksOf(answers)] }],
          );
          for (const { person, through } of links) {
            if (person !== personId) continue;
            const not_departments = department === null ? named : [];
            found.push({ rule, over, up_to, department, not_departments, through, before: [...before] });
          }
          if (mode === "first") before.push(...links);
        }
        return found;
      });
    });
  });
}

/** The departments for which a band may ask other people than for the rest. */
function departmentsNamed(directory: Directory, ask: readonly ApproverTarget[]): string[] {
  const all = ask.some(({ kind }) => kind === "department_head") ? [...directory.departments.keys()] : [];
  return [...new Set([...all, ...ask.flatMap(({ departments }) => departments ?? [])])];
}
