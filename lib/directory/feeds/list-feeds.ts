import { z } from "zod";
import { may, requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { parseInput } from "@/lib/parse-input";

const inputSchema = z.strictObject({ scheduleId: z.string().max(100).nullable() });

export interface FeedView {
  id: string;
  personId: string;
  name: string;
  createdAt: Date;
}

/**
 * The live feed addresses of a schedule, or (null) of one's own shifts: one's own first; for admins those of everybody
 * else after them, at most a hundred in all. @throws CountersignError `forbidden`.
 */
export async function listFeeds(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<FeedView[]> {
  requirePermission(ctx.actor, "organisation.read");
  const { scheduleId } = parseInput(inputSchema, input);
  const me = ctx.actor.personId;
  const all = scheduleId !== null && may(ctx.actor, "organisation.write");
  return ctx.db.rows<FeedView>(sql`
    SELECT token_hash AS id, person_id AS "personId", person.name, calendar_feed.created_at AS "createdAt"
    FROM calendar_feed JOIN person ON person.id = person_id
    WHERE revoked_at IS NULL AND schedule_id IS NOT DISTINCT FROM ${scheduleId}::text
      AND (${all}::boolean OR person_id = ${me})
    ORDER BY person_id <> ${me}, calendar_feed.created_at DESC LIMIT 100`);
}
