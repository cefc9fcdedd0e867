import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import type { SavedView } from "./list-views";

const inputSchema = z.strictObject({ id: z.string().regex(/^\w{1,100}$/) });

/** Deletes one of the acting person's own views, and answers it, to be saved again. @throws CountersignError `not_found`. */
export async function deleteView(ctx: Context, input: z.input<typeof inputSchema>): Promise<SavedView> {
  const { personId } = requirePermission(ctx.actor, "inbox.read");
  const { id } = parseInput(inputSchema, input);
  const deleted = await ctx.db.row<SavedView>(
    sql`DELETE FROM saved_view WHERE id = ${id} AND person_id = ${personId} RETURNING id, name, path`,
  );
  if (!deleted) throw new CountersignError("not_found", "You have no such view any more.");
  return deleted;
}
