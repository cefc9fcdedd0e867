import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import type { ReviewScreen } from "@/lib/drafts/types";
import { findPrecedents, type PrecedentsOf, readPrecedents } from "./find-precedents";

/**
 * The precedents that the screen of a draft shows. Once a person has decided, they are those that the decision names as
 * having been on the decider's screen: what was decided since never looks as if they had known it.
 */
export async function precedentsOnScreen(
  ctx: Pick<Context, "db" | "policies">,
  draft: PrecedentsOf & { isOpen: boolean },
): Promise<Pick<ReviewScreen, "precedents" | "precedentsSeen">> {
  const decision = draft.isOpen
    ? null
    : await ctx.db.row<{ by: string; precedent_ids: string[] }>(sql`
        SELECT person.name AS by, decision.precedent_ids
        FROM decision JOIN person ON person.id = decision.person_id
        WHERE decision.draft_id = ${draft.id} AND decision.undone_at IS NULL
        ORDER BY decision.decided_at DESC, decision.id DESC LIMIT 1`);
  if (!decision) return { precedents: await findPrecedents(ctx, draft), precedentsSeen: null };
  const { by, precedent_ids: seen } = decision;
  const precedents = seen.length === 0 ? [] : await readPrecedents(ctx, draft, seen);
  return { precedents, precedentsSeen: { by, gone: seen.length - precedents.length } };
}
