import { z } from "zod";
import { recordChange } from "@/lib/audit/record-change";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { ensureChecksAgent } from "./checks-agent";

const inputSchema = z.strictObject({
  perHundred: z.int().min(0).max(10),
  /** Of the settings that were on the screen. */
  version: z.int(),
});

/**
 * Turns checks of attention on, with their share, or off. Off, the worker takes back within seconds what still waits.
 * @throws CountersignError `forbidden`, `invalid_request`, `conflict` when somebody else changed it meanwhile.
 */
export async function changeCheckSettings(
  ctx: Context,
  input: z.input<typeof inputSchema>,
): Promise<{ perHundred: number; version: number }> {
  const actor = requirePermission(ctx.actor, "checks.write");
  const { perHundred, version } = parseInput(inputSchema, input);
  if (perHundred > 0 && ![...ctx.policies.values()].some(({ checks }) => checks?.length)) {
    throw new CountersignError(
      "invalid_request",
      "There is nothing to make checks of: no policy folder has a checks.json.",
    );
  }
  const now = ctx.now();
  return ctx.db.transaction(async (tx) => {
    const before = (await tx.row<{ per_hundred: number; version: number }>(
      sql`SELECT per_hundred, version FROM check_setting FOR UPDATE`,
    ))!;
    if (before.version !== version) {
      throw new CountersignError("conflict", "Somebody changed this meanwhile. Reload, and look again.");
    }
    if (perHundred > 0) await ensureChecksAgent(tx, actor.personId, now);
    // What came before it was turned on is not drawn for.
    await tx.run(sql`
      UPDATE check_setting SET per_hundred = ${perHundred}, version = version + 1, changed_by_id = ${actor.personId},
        changed_at = ${now}, seen_until = CASE WHEN per_hundred = 0 THEN ${now} ELSE seen_until END`);
    await recordChange({ ...ctx, actor }, tx, {
      verb: "checks.changed",
      subject: { type: "checks", id: "checks" },
      before: { per_hundred: before.per_hundred },
      after: { per_hundred: perHundred },
    });
    return { perHundred, version: version + 1 };
  });
}
