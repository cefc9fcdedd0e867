import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { getDirectory } from "../load-directory";
import { type OnCallNow, onCallNow } from "./on-call-now";

export interface ScheduleListItem extends OnCallNow {
  id: string;
  name: string;
  timeZone: string;
  layers: number;
  /** The approver rules that ask it. */
  rules: string[];
}

export interface ScheduleList {
  schedules: ScheduleListItem[];
  archived: { id: string; name: string; archivedAt: Date }[];
}

/** Every schedule by name with who is on call and who is next, and the archived ones. @throws CountersignError `forbidden`. */
export async function listSchedules(ctx: Context<PersonActor>): Promise<ScheduleList> {
  requirePermission(ctx.actor, "organisation.read");
  const directory = await getDirectory(ctx.db);
  const at = ctx.now();
  const rules = new Map<string, string[]>();
  for (const [rule, { bands }] of directory.rules) {
    const asked = bands.flatMap(({ ask }) => ask).flatMap((one) => (one.kind === "schedule" ? [one.id] : []));
    for (const id of new Set(asked)) rules.set(id, [...(rules.get(id) ?? []), rule]);
  }
  const schedules = [...directory.schedules.values()]
    .map(({ id, name, definition, overrides }) => ({
      id,
      name,
      timeZone: definition.time_zone,
      layers: definition.layers.length,
      rules: rules.get(id) ?? [],
      ...onCallNow(directory, definition, overrides, at),
    }))
    .sort((one, two) => one.name.localeCompare(two.name, "en"));
  const archived = await ctx.db.rows<ScheduleList["archived"][number]>(sql`
    SELECT id, name, archived_at AS "archivedAt" FROM schedule WHERE archived_at IS NOT NULL ORDER BY name LIMIT 500`);
  return { schedules, archived };
}
