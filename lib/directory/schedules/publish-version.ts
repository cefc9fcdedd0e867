import { recordChange } from "@/lib/audit/record-change";
import type { Context, PersonActor } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError, type FieldError } from "@/lib/errors";
import type { Schedule } from "@/lib/routing/schedule";
import type { Finding } from "@/lib/routing/schedule-check";
import { findingsOf } from "./schedule-timeline";
import { readOverrides, type StoredSchedule } from "./stored-schedule";

interface NewVersion {
  /** Locked by the caller; null for a new schedule, which gets `id`. */
  before: StoredSchedule | null;
  id: string;
  name: string;
  definition: Schedule;
  note: string | null;
  acceptGaps: boolean;
  restoredFrom?: number;
}

/**
 * Checks a schedule and writes it as the next version, inside the caller's transaction.
 * @throws CountersignError `invalid_request` with what is wrong, or which gaps were not accepted; `conflict` when another
 * schedule has the name.
 */
export async function publishVersion(
  ctx: Context<PersonActor>,
  tx: Transaction,
  { before, id, name, definition, note, acceptGaps, restoredFrom }: NewVersion,
): Promise<{ id: string; version: number }> {
  const at = ctx.now();
  await refuseFindings(tx, { id, definition, acceptGaps, at });
  await refuseTakenName(tx, id, name);
  const version = (before?.version ?? 0) + 1;
  const json = JSON.stringify(definition);
  if (before) {
    await tx.run(sql`
      UPDATE schedule SET name = ${name}, version = ${version}, definition = ${json}::jsonb, archived_at = NULL,
        updated_at = ${at}
      WHERE id = ${id}`);
  } else {
    await tx.run(sql`
      INSERT INTO schedule (id, name, definition, created_at, updated_at)
      VALUES (${id}, ${name}, ${json}::jsonb, ${at}, ${at})`);
  }
  await tx.run(sql`
    INSERT INTO schedule_version (schedule_id, version, name, definition, note, published_by_id, published_at)
    VALUES (${id}, ${version}, ${name}, ${json}::jsonb, ${note}, ${ctx.actor.personId}, ${at})`);
  await recordChange(ctx, tx, {
    verb: "schedule.published",
    subject: { type: "schedule", id },
    before: before && { version: before.version, definition: withoutNames(before.definition) },
    after: {
      version,
      definition: withoutNames(definition),
      ...(restoredFrom === undefined ? {} : { restored_from: restoredFrom }),
    },
    personal: [...(before?.name === name ? [] : ["name"]), ...(note ? ["note"] : [])],
  });
  return { id, version };
}

/** Layers without the names that people gave them: the trail knows them by their place. */
const withoutNames = ({ layers, ...rest }: Schedule) => ({
  ...rest,
  layers: layers.map(({ name: _, ...layer }) => layer),
});

async function refuseFindings(
  tx: Transaction,
  question: { id: string; definition: Schedule; acceptGaps: boolean; at: Date },
): Promise<void> {
  const { id, definition, acceptGaps, at } = question;
  const findings = await findingsOf(tx, definition, await readOverrides(tx, id), at);
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw refusal("It cannot be published like this.", errors);
  const gaps = findings.filter(({ kind }) => kind === "gap");
  if (gaps.length > 0 && !acceptGaps) {
    throw refusal("There are times when nobody is on call. Accept them to publish it all the same.", gaps);
  }
}

function refusal(sentence: string, findings: Finding[]): CountersignError {
  const fields: FieldError[] = findings.map(({ message }) => ({ path: "/definition", message }));
  return new CountersignError("invalid_request", `${sentence} ${fields[0]!.message}`, { fields });
}

async function refuseTakenName(tx: Transaction, id: string, name: string): Promise<void> {
  // Two new ones of one name at once would otherwise meet at the unique index, which says nothing to people.
  await tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended('schedule_name', 0))`);
  const taken = await tx.row<{ archived: boolean }>(sql`
    SELECT archived_at IS NOT NULL AS archived FROM schedule WHERE name = ${name} AND id <> ${id}`);
  if (!taken) return;
  const message = `${taken.archived ? "An archived" : "Another"} schedule is called “${name}” already.`;
  throw new CountersignError("conflict", message, { fields: [{ path: "/name", message }] });
}
