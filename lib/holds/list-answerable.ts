import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";

/**
 * Those who answer for what runs by itself: managers and admins, and the two who promoted it, where it came by a
 * promotion.
 */
export async function listAnswerable(tx: Queryable, promotionId: string | null): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    SELECT person.id FROM person
    WHERE person.disabled_at IS NULL AND (
      EXISTS (SELECT FROM person_role WHERE person_id = person.id AND role IN ('manager', 'admin'))
      OR person.id IN (SELECT unnest(ARRAY[proposed_by_id, decided_by_id]) FROM promotion WHERE id = ${promotionId}))`);
  return rows.map(({ id }) => id);
}
