import type { Transaction } from "@/lib/db/database";
import { type Statement, sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";

const HOLDERS = {
  group: (name: string, id: string | null): Statement =>
    sql`SELECT 1 FROM "group" WHERE lower(name) = lower(${name}) AND id IS DISTINCT FROM ${id}::text LIMIT 1`,
  department: (name: string, id: string | null): Statement =>
    sql`SELECT 1 FROM department WHERE lower(name) = lower(${name}) AND id IS DISTINCT FROM ${id}::text LIMIT 1`,
  agent: (name: string, id: string | null): Statement =>
    sql`SELECT 1 FROM agent WHERE lower(name) = lower(${name}) AND id IS DISTINCT FROM ${id}::text LIMIT 1`,
};

/**
 * Checks that nothing of this kind but `id` (null for something new) has the name, in any case: two that differ by a
 * capital would be taken for one.
 * @throws CountersignError `conflict` at the field "name".
 */
export async function requireFreeName(
  tx: Transaction,
  kind: keyof typeof HOLDERS,
  name: string,
  id: string | null,
): Promise<void> {
  if (!(await tx.row(HOLDERS[kind](name, id)))) return;
  const message = `There is a ${kind} of this name already.`.replace("a agent", "an agent");
  throw new CountersignError("conflict", message, { fields: [{ path: "/name", message }] });
}
