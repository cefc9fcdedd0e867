import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import type { ApproverTarget } from "@/lib/routing/approver-rule";
import type { Directory } from "@/lib/routing/directory";

/** The names of the rules with a target, in any band, that `asks` holds of; in alphabetical order. */
export const rulesThatAsk = (directory: Directory, asks: (target: ApproverTarget) => boolean): string[] =>
  [...directory.rules]
    .filter(([, { bands }]) => bands.some(({ ask }) => ask.some(asks)))
    .map(([name]) => name)
    .sort();

/** The names of the rules that ask this group, as stored now, also those that cannot be read otherwise. */
export async function rulesThatNameGroup(db: Queryable, id: string): Promise<string[]> {
  const rows = await db.rows<{ name: string }>(sql`
    SELECT name FROM approver_rule
    WHERE jsonb_path_exists(definition, '$.bands[*].ask[*] ? (@.kind == "group" && @.id == $id)',
                            jsonb_build_object('id', ${id}::text))
    ORDER BY name`);
  return rows.map(({ name }) => name);
}

/** The names of the rules that ask somebody about drafts of this department, as stored now. */
export async function rulesThatNameDepartment(db: Queryable, id: string): Promise<string[]> {
  const rows = await db.rows<{ name: string }>(sql`
    SELECT name FROM approver_rule
    WHERE jsonb_path_exists(definition, '$.bands[*].ask[*].departments[*] ? (@ == $id)',
                            jsonb_build_object('id', ${id}::text))
    ORDER BY name`);
  return rows.map(({ name }) => name);
}

/** Why a rule may come to a person; `via` is the group, schedule or department in between, null when it names them. */
export interface RuleReach {
  rule: string;
  via: { kind: "group" | "schedule" | "department"; name: string } | null;
}

/** Every rule that names a person, their group, a schedule they stand in or a department they head. */
export function rulesReaching(directory: Directory, personId: string): RuleReach[] {
  const reached: RuleReach[] = [];
  const headed = [...directory.departments.values()].filter(({ headId }) => headId === personId);
  for (const [rule, { bands }] of directory.rules) {
    for (const target of bands.flatMap(({ ask }) => ask)) {
      if (target.kind === "person" && target.id === personId) reached.push({ rule, via: null });
      if (target.kind === "group") {
        const group = directory.groups.get(target.id);
        if (group?.memberIds.includes(personId))
          reached.push({ rule, via: { kind: "group", name: group.name } });
      }
      if (target.kind === "schedule") {
        const schedule = directory.schedules.get(target.id);
        if (schedule && standsIn(schedule, personId))
          reached.push({ rule, via: { kind: "schedule", name: schedule.name } });
      }
      if (target.kind === "department_head") {
        for (const { id, name } of headed) {
          if (target.departments && !target.departments.includes(id)) continue;
          reached.push({ rule, via: { kind: "department", name } });
        }
      }
    }
  }
  const unique = new Map(reached.map((each) => [JSON.stringify(each), each]));
  return [...unique.values()].sort((one, two) => (one.rule < two.rule ? -1 : one.rule > two.rule ? 1 : 0));
}

/** Whether a person takes turns in one of a schedule's layers. */
export const standsIn = (
  { definition }: { definition: { layers: { participants: string[] }[] } },
  personId: string,
): boolean => definition.layers.some(({ participants }) => participants.includes(personId));
