import { z } from "zod";
import type { Context } from "@/lib/context";
import type { Database } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { type DraftAnswer, getDraft } from "./get-draft";

const MAX_WAIT_SECONDS = 60;
const LOOK_EVERY_MS = 250;

/** The query of `GET /api/v1/drafts/{id}`; `wait` is in seconds. */
export const waitSchema = z.strictObject({
  wait: z
    .string()
    .regex(/^\d{1,3}$/, `whole seconds from 0 to ${MAX_WAIT_SECONDS}`)
    .pipe(z.coerce.number<string>().int().min(0).max(MAX_WAIT_SECONDS))
    .default(0),
});

interface Wait {
  version: number;
  resolve: () => void;
}

/** All waits of this process share one query a quarter of a second, however many there are. */
const waits = new Map<string, Set<Wait>>();
let looking = false;

/**
 * The draft once anything about it changed, or as it is after `waitMs`. Answers at once when nothing can change.
 * @throws CountersignError `not_found`.
 */
export async function awaitDraft(
  ctx: Context,
  draftId: string,
  waitMs: number,
  signal: AbortSignal,
): Promise<DraftAnswer> {
  const first = await getDraft(ctx, draftId);
  if (waitMs <= 0 || first.closed_at !== null || signal.aborted) return first;
  await changed(ctx.db, draftId, first.version, waitMs, signal);
  return signal.aborted ? first : getDraft(ctx, draftId);
}

function changed(
  db: Database,
  id: string,
  version: number,
  waitMs: number,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const wait: Wait = { version, resolve: done };
    const timer = setTimeout(done, waitMs);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      const ofDraft = waits.get(id);
      ofDraft?.delete(wait);
      if (ofDraft?.size === 0) waits.delete(id);
      resolve();
    }
    signal.addEventListener("abort", done);
    waits.set(id, (waits.get(id) ?? new Set()).add(wait));
    if (!looking) lookSoon(db);
  });
}

function lookSoon(db: Database): void {
  looking = true;
  setTimeout(() => look(db), LOOK_EVERY_MS);
}

async function look(db: Database): Promise<void> {
  try {
    const rows = await db.rows<{ id: string; version: number }>(sql`
      SELECT id, version FROM draft WHERE id = ANY(${[...waits.keys()]}::text[])`);
    for (const { id, version } of rows) {
      for (const wait of [...(waits.get(id) ?? [])]) if (wait.version !== version) wait.resolve();
    }
  } catch (error) {
    console.error("await-draft: could not look for changes, trying again", error);
  }
  looking = false;
  if (waits.size > 0) lookSoon(db);
}
