import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";

/** More than an organisation has people; beyond it, names are looked up anew. */
const MOST_KNOWN = 50_000;

/**
 * Finds the people behind e-mail addresses, whatever their case, and remembers them. A name alone, or an address that
 * several people have, is nobody: two people may share it.
 */
export class Deciders {
  private readonly known = new Map<string, string | null>();

  constructor(private readonly db: Queryable) {}

  /** Looks up those of a batch in one statement. */
  async prepare(decidedBy: readonly (string | undefined)[]): Promise<void> {
    const wanted = new Set<string>();
    for (const each of decidedBy) {
      const email = each?.toLowerCase();
      if (email?.includes("@") && !this.known.has(email)) wanted.add(email);
    }
    if (wanted.size === 0) return;
    if (this.known.size > MOST_KNOWN) this.known.clear();
    const rows = await this.db.rows<{ email: string; ids: string[] }>(sql`
      SELECT lower(email) AS email, array_agg(id) AS ids FROM person
      WHERE lower(email) = ANY (${[...wanted]}::text[]) GROUP BY lower(email)`);
    for (const email of wanted) this.known.set(email, null);
    for (const { email, ids } of rows) this.known.set(email, ids.length === 1 ? ids[0]! : null);
  }

  /** The id of the person, after `prepare`; null when nobody is known by it. */
  idOf(decidedBy: string | undefined): string | null {
    return (decidedBy && this.known.get(decidedBy.toLowerCase())) || null;
  }
}
