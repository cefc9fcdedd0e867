import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { type BusinessCalendar, businessCalendarSchema } from "@/lib/routing/business-hours";

interface Stored {
  calendar: BusinessCalendar;
  version: number;
}

/** The hours in which rules with `sla_in: business_hours` count, with the version to name when changing them. */
export async function getBusinessHours(ctx: Context): Promise<Stored> {
  requirePermission(ctx.actor, "organisation.read");
  const row = await ctx.db.row<{ business_hours: unknown; version: number }>(
    sql`SELECT business_hours, version FROM organisation`,
  );
  return { calendar: businessCalendarSchema.parse(row!.business_hours), version: row!.version };
}

const inputSchema = z.strictObject({ calendar: businessCalendarSchema, expectedVersion: z.int() });
export type BusinessHoursInput = z.input<typeof inputSchema>;

/**
 * Changes the business hours. Drafts that wait keep the due time they were given.
 * @throws CountersignError `forbidden`, `invalid_request`, `conflict` when somebody else changed them meanwhile.
 */
export async function saveBusinessHours(
  ctx: Context,
  input: BusinessHoursInput,
): Promise<{ version: number }> {
  const actor = requirePermission(ctx.actor, "organisation.write");
  const { calendar, expectedVersion } = parseInput(inputSchema, input);
  return ctx.db.transaction(async (tx) => {
    const before = await tx.row<{ business_hours: Record<string, unknown>; version: number }>(
      sql`SELECT business_hours, version FROM organisation FOR UPDATE`,
    );
    if (before!.version !== expectedVersion) {
      throw new CountersignError(
        "conflict",
        "Somebody else changed the business hours meanwhile. What you entered is still here.",
      );
    }
    await tx.run(sql`
      UPDATE organisation SET business_hours = ${JSON.stringify(calendar)}::jsonb, version = version + 1`);
    await recordChange({ ...ctx, actor }, tx, {
      verb: "business_hours.changed",
      subject: { type: "organisation", id: "1" },
      before: before!.business_hours,
      after: { ...calendar },
    });
    return { version: expectedVersion + 1 };
  });
}
