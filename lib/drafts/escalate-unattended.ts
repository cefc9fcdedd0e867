import type { Context, SystemActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { getDirectory } from "@/lib/directory/load-directory";
import type { Directory } from "@/lib/routing/directory";
import { type ApproverQuestion, resolveApprovers, ruleNamed } from "@/lib/routing/resolve-approvers";
import { assignApprovers } from "./assign-approvers";
import { escalate, lockPending, questionOf } from "./escalate-draft";

const LIMIT = 200;

/**
 * Hands on what nobody on its approver rule may decide any more: a schedule that has come to a gap, somebody who left or
 * went away. It goes up the chain at once where somebody there may; otherwise its timer goes on, and the screen says so.
 * Resolves to how many drafts went on.
 */
export async function escalateUnattended(ctx: Context<SystemActor>): Promise<number> {
  const waiting = await ctx.db.rows<{ rule: string }>(
    sql`SELECT DISTINCT approver_rule AS rule FROM draft WHERE status = 'pending'`,
  );
  const directory = await getDirectory(ctx.db);
  const at = ctx.now();
  const unattended = waiting.map(({ rule }) => rule).filter((rule) => mayLackPeople(directory, rule, at));
  if (unattended.length === 0) return 0;
  const drafts = await ctx.db.rows<{ id: string }>(sql`
    SELECT id FROM draft WHERE status = 'pending' AND approver_rule = ANY (${unattended}::text[])
    ORDER BY due_at, id LIMIT ${LIMIT}`);
  let handedOn = 0;
  for (const { id } of drafts) {
    await ctx.db.transaction(async (tx) => {
      const draft = await lockPending(tx, id);
      if (!draft?.result.escalation[draft.escalation_level]) return;
      const question = questionOf(draft, at);
      const { approver_rule: rule, approvals_required: required } = draft;
      if (resolveApprovers(directory, { ...question, rule, required }).approvers.length > 0) return;
      const next = assignApprovers(directory, draft.result, question, draft.escalation_level + 1);
      if (!next.resolution.enough) return;
      await escalate(ctx, tx, draft);
      handedOn += 1;
    });
  }
  return handedOn;
}

/** Whether there is an amount or a department for which the rule asks nobody at this moment. */
function mayLackPeople(directory: Directory, rule: string, at: Date): boolean {
  const bands = ruleNamed(directory, rule)?.bands;
  if (!bands) return true;
  const amounts = bands.map(({ up_to }) => up_to);
  const departments = [null, ...directory.departments.keys()];
  return amounts.some((amount) =>
    departments.some((departmentId) => {
      const question: ApproverQuestion = { rule, amount, departmentId, required: 1, at, barred: new Set() };
      return resolveApprovers(directory, question).approvers.length === 0;
    }),
  );
}
