import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import { CHECKS_AGENT_ID } from "@/lib/checks/checks-agent";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { containing, oneOf, type Page, pageField, pageOf, queryField } from "@/lib/directory/fields";
import { PAGE_ROWS } from "@/lib/directory/page-rows";
import { parseInput } from "@/lib/parse-input";
import { recentDrafts } from "./recent-drafts";
import type { RecentDrafts } from "./recent-drafts-shape";

const inputSchema = z.strictObject({
  query: queryField,
  state: oneOf(["disabled"]),
  page: pageField,
});

export interface ListedAgent {
  id: string;
  name: string;
  owner: { id: string; name: string; disabled: boolean };
  disabled: boolean;
  /** How many keys of it work. */
  keys: number;
  lastDraftAt: string | null;
  recent: RecentDrafts;
}

type Row = Omit<ListedAgent, "lastDraftAt"> & { last_draft_at: Date | null; total: number };

/**
 * Agents by name, fifty a page, with what became of what they drafted lately. When a check was drafted last is not told:
 * it may still wait.
 */
export async function listAgents(
  ctx: Context,
  input: z.input<typeof inputSchema>,
): Promise<Page<ListedAgent>> {
  requirePermission(ctx.actor, "organisation.read");
  const { query, state, page } = parseInput(inputSchema, input);
  const at = ctx.now();
  const rows = await ctx.db.rows<Row>(sql`
    WITH matching AS (
      SELECT id, name, owner_id, disabled_at FROM agent
      WHERE name ILIKE ${containing(query)} AND (disabled_at IS NOT NULL) = ${state === "disabled"}
    ), counted AS (SELECT count(*)::int AS total FROM matching), shown AS (
      SELECT * FROM matching ORDER BY lower(name), id LIMIT ${PAGE_ROWS}
      OFFSET (SELECT greatest(least(${page}::int - 1, (total - 1) / ${PAGE_ROWS}), 0) * ${PAGE_ROWS} FROM counted)
    )
    SELECT shown.id, shown.name, shown.disabled_at IS NOT NULL AS disabled, counted.total,
           json_build_object('id', owner.id, 'name', owner.name, 'disabled', owner.disabled_at IS NOT NULL) AS owner,
           (SELECT count(*)::int FROM api_key WHERE agent_id = shown.id AND revoked_at IS NULL
            AND coalesce(expires_at > ${at}, true)) AS keys,
           (SELECT created_at FROM draft WHERE agent_id = nullif(shown.id, ${CHECKS_AGENT_ID}) ORDER BY created_at DESC, id DESC LIMIT 1) AS last_draft_at,
           (${recentDrafts(sql`shown.id`, at)}) AS recent
    FROM shown CROSS JOIN counted JOIN person AS owner ON owner.id = shown.owner_id
    ORDER BY lower(shown.name), shown.id`);
  return pageOf(
    rows.map(({ last_draft_at, ...row }) => ({ ...row, lastDraftAt: last_draft_at?.toISOString() ?? null })),
    page,
  );
}
