import { setTimeout as sleep } from "node:timers/promises";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { getDraftRequest } from "./get-draft-request";
import { isFinished } from "./request";
import type { RequestAnswer } from "./request-answer";

const LOOK_EVERY_MS = 300;

/**
 * The request once anything about it changed, or as it is after `waitMs`. Answers at once when it has ended.
 * @throws CountersignError `not_found`, `forbidden`.
 */
export async function awaitDraftRequest(
  ctx: Context<PersonActor | KeyActor>,
  id: string,
  waitMs: number,
  signal: AbortSignal,
): Promise<RequestAnswer> {
  const first = await getDraftRequest(ctx, id);
  if (isFinished(first.status)) return first;
  const until = performance.now() + waitMs;
  for (let left = waitMs; left > 0 && !signal.aborted; left = until - performance.now()) {
    await sleep(Math.min(LOOK_EVERY_MS, left), undefined, { signal }).catch(() => {});
    const changed = await ctx.db.row(
      sql`SELECT 1 FROM draft_request WHERE id = ${id} AND version <> ${first.version}`,
    );
    if (changed) return getDraftRequest(ctx, id);
  }
  return first;
}
