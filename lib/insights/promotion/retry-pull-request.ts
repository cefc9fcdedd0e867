import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { enqueueWorkflow } from "@/lib/workflows/enqueue";
import { findForge } from "./find-forge";

const inputSchema = z.strictObject({ id: z.string().min(1).max(100) });

/**
 * Has the worker try once more to open the pull request of an accepted promotion.
 * @throws CountersignError `forbidden`, `conflict` where no forge is configured, or there is one already.
 */
export async function retryPullRequest(
  ctx: Context,
  input: z.input<typeof inputSchema>,
): Promise<{ id: string }> {
  requirePermission(ctx.actor, "promotion.write");
  const { id } = parseInput(inputSchema, input);
  if (!findForge()) {
    throw new CountersignError(
      "conflict",
      "No repository is configured: set PROMOTION_REPOSITORY and PROMOTION_TOKEN.",
    );
  }
  await ctx.db.transaction(async (tx) => {
    const row = await tx.row<{ runs: number }>(sql`
      UPDATE promotion SET pull_request_state = 'wanted', pull_request_error = NULL, pull_request_runs = pull_request_runs + 1
      WHERE id = ${id} AND status = 'accepted' AND pull_request_state <> 'open'
      RETURNING pull_request_runs AS runs`);
    if (!row) throw new CountersignError("conflict", "It is not accepted, or has its pull request already.");
    enqueueWorkflow(tx, "open_pull_request", { id: `promotion:${id}:${row.runs}`, args: [id] });
  });
  return { id };
}
