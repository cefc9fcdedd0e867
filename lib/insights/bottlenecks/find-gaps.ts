import type { ApproverRuleDefinition, ApproverTarget } from "@/lib/routing/approver-rule";
import type { Directory } from "@/lib/routing/directory";
import { shiftsBetween } from "@/lib/routing/on-call";
import { resolveApprovers, ruleNamed } from "@/lib/routing/resolve-approvers";

/** A time in which a rule asks nobody for the amounts of these bands. */
export interface Stretch {
  start: Date;
  end: Date;
  bands: number[];
}

/** Rules that reach more people than this are taken to have somebody there. */
const MOST_PEOPLE = 60;
/** Moments looked at of one rule: hand-overs of its schedules, and beginnings and ends of absences. */
const MOST_MOMENTS = 4_000;

/**
 * The times between two instants in which an approver rule asks nobody, whatever the department of the draft, by the
 * schedules and absences as the directory has them; in order, neighbours joined. A rule that is not there asks nobody.
 */
export function findGaps(directory: Directory, rule: string, from: Date, until: Date): Stretch[] {
  const definition = ruleNamed(directory, rule);
  if (!definition) return [{ start: from, end: until, bands: [0] }];
  const targets = definition.bands.flatMap(({ ask }) => ask);
  const people = reachedBy(directory, targets);
  if (people.size > MOST_PEOPLE) return [];
  const moments = momentsOf(directory, { targets, people, from, until });
  const gaps: Stretch[] = [];
  moments.forEach((start, index) => {
    const bands = bandsWithNobody(directory, rule, definition, start);
    if (bands.length === 0) return;
    const end = moments[index + 1] ?? until;
    const last = gaps.at(-1);
    if (last && last.end.getTime() === start.getTime() && String(last.bands) === String(bands))
      last.end = end;
    else gaps.push({ start, end, bands });
  });
  return gaps;
}

/** The bands of a rule for which nobody is asked at a moment, whatever the department. */
export function bandsWithNobody(
  directory: Directory,
  rule: string,
  { bands }: ApproverRuleDefinition,
  at: Date,
): number[] {
  const departments = bands.some(({ ask }) => ask.some(dependsOnDepartment))
    ? [null, ...directory.departments.keys()]
    : [null];
  return bands.flatMap(({ up_to: amount }, index) => {
    const isAsked = departments.some((departmentId) => {
      const question = { rule, amount, departmentId, required: 1, at, barred: new Set<string>() };
      return resolveApprovers(directory, question).approvers.length > 0;
    });
    return isAsked ? [] : [index];
  });
}

const dependsOnDepartment = ({ kind, departments }: ApproverTarget) =>
  kind === "department_head" || departments !== undefined;

/** Everybody a rule may ever ask, and their delegates. */
function reachedBy(directory: Directory, targets: readonly ApproverTarget[]): Set<string> {
  const reached = new Set<string>();
  const add = (id: string | null) => {
    if (id === null || reached.has(id)) return;
    reached.add(id);
    for (const { delegateId } of directory.absences.get(id) ?? []) add(delegateId);
  };
  for (const target of targets) {
    if (target.kind === "person") add(target.id);
    else if (target.kind === "group")
      for (const id of directory.groups.get(target.id)?.memberIds ?? []) add(id);
    else if (target.kind === "department_head")
      for (const { headId } of directory.departments.values()) add(headId);
    else if (target.kind === "every_approver") {
      for (const { id, isApprover } of directory.people.values()) if (isApprover) add(id);
    } else {
      const schedule = directory.schedules.get(target.id);
      for (const { participants } of schedule?.definition.layers ?? []) participants.forEach(add);
      for (const { person_id } of schedule?.overrides ?? []) add(person_id);
    }
  }
  return reached;
}

/** The moments at which the answer may change, `from` first. */
function momentsOf(
  directory: Directory,
  asked: { targets: readonly ApproverTarget[]; people: ReadonlySet<string>; from: Date; until: Date },
): Date[] {
  const { targets, people, from, until } = asked;
  const moments = new Set([from.getTime()]);
  const add = (at: Date) => {
    if (at > from && at < until) moments.add(at.getTime());
  };
  for (const target of targets) {
    const schedule = target.kind === "schedule" ? directory.schedules.get(target.id) : undefined;
    if (!schedule) continue;
    for (const { start } of shiftsBetween(schedule.definition, schedule.overrides, from, until)) add(start);
  }
  for (const id of people) {
    for (const { startsAt, endsAt } of directory.absences.get(id) ?? []) {
      add(startsAt);
      add(endsAt);
    }
  }
  return [...moments]
    .sort((one, other) => one - other)
    .slice(0, MOST_MOMENTS)
    .map((instant) => new Date(instant));
}
