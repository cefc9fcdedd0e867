import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { newId } from "@/lib/drafts/new-id";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import type { SavedView } from "./list-views";
import { viewPath } from "./view-path";

const inputSchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, "a name to find it by")
    .max(60, "at most 60 characters")
    .refine((name) => !name.includes("\0"), "a name to find it by"),
  path: z.string(),
});
export type ViewInput = z.input<typeof inputSchema>;

const MOST_VIEWS = 50;

/**
 * Keeps the address of a list under a name, for the acting person alone. A view of that name is replaced.
 * @throws CountersignError `forbidden`, `invalid_request` for any other address, or when there are fifty already.
 */
export async function saveView(ctx: Context, input: ViewInput): Promise<SavedView> {
  const { personId } = requirePermission(ctx.actor, "inbox.read");
  const { name, path: given } = parseInput(inputSchema, input);
  const path = viewPath(given);
  if (path === null) throw refused("/path", "This is not the address of the inbox or the history.");
  return ctx.db.transaction(async (tx) => {
    // One at a time for each person, or two at once would both be the fiftieth.
    await tx.run(sql`SELECT FROM person WHERE id = ${personId} FOR NO KEY UPDATE`);
    const saved = await tx.row<SavedView>(sql`
      INSERT INTO saved_view (id, person_id, name, path, created_at)
      SELECT ${newId("viw")}, ${personId}, ${name}, ${path}, ${ctx.now()}
      WHERE (SELECT count(*) FROM saved_view WHERE person_id = ${personId} AND name <> ${name}) < ${MOST_VIEWS}
      ON CONFLICT (person_id, name) DO UPDATE SET path = excluded.path
      RETURNING id, name, path`);
    if (!saved) throw refused("/name", `You have ${MOST_VIEWS} views. Delete one first.`);
    return saved;
  });
}

const refused = (path: string, message: string) =>
  new CountersignError("invalid_request", message, { fields: [{ path, message }] });
