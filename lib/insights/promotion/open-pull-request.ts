import { recordEvent } from "@/lib/audit/record-event";
import type { Context, SystemActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { ForgeError } from "./call-forge";
import { findForge } from "./find-forge";
import { readPromotion } from "./get-promotion";
import { openOnGithub } from "./open-on-github";
import { openOnGitlab } from "./open-on-gitlab";
import { commitOf } from "./promotion-patch";

/** What came of a try: `retry` for what may pass by itself. */
export type PullRequestTry = "open" | "retry" | "failed" | "nothing";

/**
 * Opens the pull request of an accepted promotion, and writes down where it is or why there is none. Safe to repeat after a
 * crash at any point: branch and request are looked for under the promotion's own name before they are made. `isLast`:
 * nobody tries again by itself, so what may pass is a failure too.
 */
export async function openPullRequest(
  ctx: Context<SystemActor>,
  id: string,
  { isLast = false } = {},
): Promise<PullRequestTry> {
  const row = await readPromotion(ctx.db, id);
  if (row.status !== "accepted" || row.pull_request_state === "none" || row.pull_request_state === "open") {
    return "nothing";
  }
  try {
    const forge = findForge();
    if (!forge) throw new ForgeError("PROMOTION_REPOSITORY and PROMOTION_TOKEN are no longer set.", false);
    const { content, subject, body } = commitOf(row);
    const proposal = { branch: `countersign/${id}`, subject, body, files: content.files };
    const url = await (forge.kind === "github" ? openOnGithub : openOnGitlab)(forge, proposal);
    if (!/^https?:\/\//.test(url)) throw new ForgeError("The forge answered no address.", false);
    await ctx.db.transaction(async (tx) => {
      const updated = await tx.run(sql`
        UPDATE promotion SET pull_request_state = 'open', pull_request_url = ${url}, pull_request_error = NULL
        WHERE id = ${id} AND pull_request_state IN ('wanted', 'failed')`);
      if (updated === 0) return;
      const details = { subject: { type: "promotion", id }, url, branch: proposal.branch };
      await recordEvent(tx, {
        verb: "promotion.pull_request_opened",
        actor: ctx.actor,
        at: ctx.now(),
        details,
      });
    });
    return "open";
  } catch (error) {
    const failure = toForgeError(error);
    const isRetried = failure.isPassing && !isLast;
    await ctx.db.run(sql`
      UPDATE promotion SET pull_request_state = ${isRetried ? "wanted" : "failed"},
                           pull_request_error = ${failure.message.slice(0, 500)}
      WHERE id = ${id} AND pull_request_state IN ('wanted', 'failed')`);
    return isRetried ? "retry" : "failed";
  }
}

/** A forge that answers JSON of another shape than its API has shows where something is looked for that is not there. */
function toForgeError(error: unknown): ForgeError {
  if (error instanceof ForgeError) return error;
  if (error instanceof TypeError) {
    return new ForgeError(
      "The forge's answer lacks what its API should say. Is PROMOTION_API_URL right?",
      false,
    );
  }
  throw error;
}
