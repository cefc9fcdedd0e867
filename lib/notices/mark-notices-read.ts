import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { parseInput } from "@/lib/parse-input";
import { countUnread } from "./count-unread";

const inputSchema = z.union([
  z.strictObject({ ids: z.array(z.string().min(1).max(100)).min(1).max(100) }),
  /** Everything written up to the moment the list was read: what came since was not seen. */
  z.strictObject({ upTo: z.iso.datetime() }),
]);

/** Marks some of a person's own notices as read, or all they were shown; answers how many are left. */
export async function markNoticesRead(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<{ unread: number }> {
  const { personId } = requirePermission(ctx.actor, "inbox.read");
  const which = parseInput(inputSchema, input);
  const at = ctx.now();
  await ctx.db.run(
    "ids" in which
      ? sql`UPDATE notice SET read_at = ${at}
            WHERE id = ANY(${which.ids}::text[]) AND person_id = ${personId} AND read_at IS NULL`
      : sql`UPDATE notice SET read_at = ${at}
            WHERE person_id = ${personId} AND read_at IS NULL AND created_at <= ${new Date(which.upTo)}`,
  );
  return { unread: await countUnread(ctx) };
}
