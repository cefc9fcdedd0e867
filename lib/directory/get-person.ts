import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, Role } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { absenceOf } from "@/lib/routing/delegate";
import { onCallAt } from "@/lib/routing/on-call";
import { idField } from "./fields";
import type { Identity } from "./identity";
import { getDirectory } from "./load-directory";
import { type RuleReach, rulesReaching, standsIn } from "./rules-that-ask";

interface Named {
  id: string;
  name: string;
}

export interface PersonDetail extends Named {
  email: string;
  version: number;
  disabledAt: string | null;
  department: Named | null;
  manager: Named | null;
  roles: Role[];
  identities: Identity[];
  groups: Named[];
  headOf: Named[];
  agents: (Named & { disabled: boolean })[];
  /** Keys of theirs that still work, agents' included. */
  keys: { id: string; name: string; prefix: string }[];
  reports: number;
  rules: RuleReach[];
  /** The schedules they take turns in; `until` is set while they are on call. */
  schedules: (Named & { until: string | null })[];
  away: { until: string; delegate: Named | null } | null;
  /** People away now or later whom they stand in for. */
  standsInFor: Named[];
}

type Row = Omit<PersonDetail, "disabledAt" | "rules" | "schedules" | "away" | "standsInFor"> & {
  disabled_at: Date | null;
};

/** Everything an admin needs to know of one person. @throws CountersignError `forbidden`, `not_found`. */
export async function getPerson(ctx: Context, input: { id: string }): Promise<PersonDetail> {
  requirePermission(ctx.actor, "organisation.read");
  const { id } = parseInput(z.strictObject({ id: idField }), input);
  const at = ctx.now();
  const [row, directory] = await Promise.all([
    ctx.db.row<Row>(sql`
      SELECT person.id, person.name, person.email, person.version, person.disabled_at,
        (SELECT json_build_object('id', id, 'name', name) FROM department WHERE id = person.department_id) AS department,
        (SELECT json_build_object('id', id, 'name', name) FROM person AS manager WHERE id = person.manager_id) AS manager,
        ARRAY(SELECT role FROM person_role WHERE person_id = person.id ORDER BY role) AS roles,
        (SELECT coalesce(json_agg(json_build_object('issuer', issuer, 'subject', subject) ORDER BY created_at, issuer, subject), '[]')
         FROM person_identity WHERE person_id = person.id) AS identities,
        (SELECT coalesce(json_agg(json_build_object('id', id, 'name', name) ORDER BY lower(name)), '[]')
         FROM group_member JOIN "group" ON "group".id = group_member.group_id WHERE person_id = person.id) AS groups,
        (SELECT coalesce(json_agg(json_build_object('id', id, 'name', name) ORDER BY lower(name)), '[]')
         FROM department WHERE head_id = person.id) AS "headOf",
        (SELECT coalesce(json_agg(json_build_object('id', id, 'name', name, 'disabled', disabled_at IS NOT NULL) ORDER BY lower(name)), '[]')
         FROM agent WHERE owner_id = person.id) AS agents,
        (SELECT coalesce(json_agg(json_build_object('id', id, 'name', name, 'prefix', prefix) ORDER BY id), '[]')
         FROM api_key WHERE owner_id = person.id AND revoked_at IS NULL AND coalesce(expires_at > ${at}, true)) AS keys,
        (SELECT count(*)::int FROM person AS report WHERE report.manager_id = person.id) AS reports
      FROM person WHERE id = ${id}`),
    getDirectory(ctx.db),
  ]);
  if (!row) throw new CountersignError("not_found", "There is no such person.");
  const { disabled_at, ...rest } = row;
  const named = (personId: string | null) =>
    personId === null ? null : { id: personId, name: directory.people.get(personId)?.name ?? personId };
  const absence = absenceOf(directory, id, at);
  const absences = [...directory.absences.values()].flat();
  const principals = absences.filter(({ delegateId, endsAt }) => delegateId === id && endsAt > at);
  return {
    ...rest,
    disabledAt: disabled_at?.toISOString() ?? null,
    rules: rulesReaching(directory, id),
    schedules: [...directory.schedules.values()].flatMap((schedule) => {
      const turn = onCallAt(schedule.definition, schedule.overrides, at);
      const isOnCall = turn?.personId === id;
      if (!isOnCall && !standsIn(schedule, id)) return [];
      return [{ id: schedule.id, name: schedule.name, until: isOnCall ? turn.until.toISOString() : null }];
    }),
    away: absence && { until: absence.endsAt.toISOString(), delegate: named(absence.delegateId) },
    standsInFor: [...new Set(principals.map(({ personId }) => personId))].map((personId) => named(personId)!),
  };
}
