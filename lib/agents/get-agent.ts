import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import { CHECKS_AGENT_ID } from "@/lib/checks/checks-agent";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { idField } from "@/lib/directory/fields";
import { CountersignError } from "@/lib/errors";
import { type HolderKey, listHolderKeys } from "@/lib/keys/list-holder-keys";
import { parseInput } from "@/lib/parse-input";
import { recentDrafts } from "./recent-drafts";
import type { RecentDrafts } from "./recent-drafts-shape";

export interface AgentDetail {
  id: string;
  name: string;
  version: number;
  owner: { id: string; name: string; disabled: boolean };
  disabledAt: string | null;
  lastDraftAt: string | null;
  recent: RecentDrafts;
  keys: HolderKey[];
}

type Row = Omit<AgentDetail, "disabledAt" | "lastDraftAt" | "keys"> & {
  disabled_at: Date | null;
  last_draft_at: Date | null;
};

/** One agent with its keys; of the checks' agent nobody learns when it drafted last. @throws CountersignError `forbidden`, `not_found`. */
export async function getAgent(ctx: Context, input: { id: string }): Promise<AgentDetail> {
  requirePermission(ctx.actor, "organisation.read");
  const { id } = parseInput(z.strictObject({ id: idField }), input);
  const [row, keys] = await Promise.all([
    ctx.db.row<Row>(sql`
      SELECT agent.id, agent.name, agent.version, agent.disabled_at,
             json_build_object('id', owner.id, 'name', owner.name, 'disabled', owner.disabled_at IS NOT NULL) AS owner,
             (SELECT created_at FROM draft WHERE agent_id = nullif(agent.id, ${CHECKS_AGENT_ID}) ORDER BY created_at DESC, id DESC LIMIT 1) AS last_draft_at,
             (${recentDrafts(sql`agent.id`, ctx.now())}) AS recent
      FROM agent JOIN person AS owner ON owner.id = agent.owner_id WHERE agent.id = ${id}`),
    listHolderKeys(ctx, { agentId: id }),
  ]);
  if (!row) throw new CountersignError("not_found", "There is no such agent.");
  const { disabled_at, last_draft_at, ...agent } = row;
  return {
    ...agent,
    disabledAt: disabled_at?.toISOString() ?? null,
    lastDraftAt: last_draft_at?.toISOString() ?? null,
    keys,
  };
}
