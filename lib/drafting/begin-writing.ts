import type { Context, SystemActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { findDrafter } from "./drafter";
import { failRequest, NOT_ALLOWED_ANY_MORE, STOPPED } from "./fail-request";
import type { RequestStatus } from "./request";
import { mayStillAsk } from "./requester";

/**
 * Takes a queued request up, or goes on with one that was being written: before it costs anything, whoever asked must
 * still be allowed to, and the drafter be switched on. Resolves to the status that it has now.
 */
export async function beginWriting(ctx: Context<SystemActor>, id: string): Promise<RequestStatus> {
  const drafter = await findDrafter(ctx);
  return ctx.db.transaction(async (tx) => {
    const row = await tx.row<{ status: RequestStatus; person_id: string | null; key_id: string | null }>(sql`
      SELECT status, person_id, key_id FROM draft_request WHERE id = ${id} FOR UPDATE`);
    if (row?.status !== "queued" && row?.status !== "writing") return row?.status ?? "cancelled";
    const stopped = drafter ? null : STOPPED;
    const refused = stopped ?? ((await mayStillAsk(ctx, tx, row)) ? null : NOT_ALLOWED_ANY_MORE);
    if (refused) {
      await failRequest(ctx, tx, id, refused);
      return "failed";
    }
    await tx.run(sql`
      UPDATE draft_request SET status = 'writing', version = version + 1, trouble = NULL, retry_at = NULL
      WHERE id = ${id}`);
    return "writing";
  });
}
