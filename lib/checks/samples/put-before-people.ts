import { z } from "zod";
import { recordEvent } from "@/lib/audit/record-event";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { getDirectory } from "@/lib/directory/load-directory";
import { assignApprovers, dueOf } from "@/lib/drafts/assign-approvers";
import { peopleBehind } from "@/lib/drafts/people-behind";
import { parseInput } from "@/lib/parse-input";
import type { Classification } from "@/lib/policy/evaluate";
import { barredBy, type Duties } from "@/lib/routing/separation";

const inputSchema = z.strictObject({
  draftIds: z.array(z.string().min(1).max(100)).min(1).max(200),
});

interface Row {
  id: string;
  amount: number | null;
  department_id: string | null;
  result: Classification;
  duties: Omit<Duties, "editorIds">;
}

/**
 * Asks for a look afterwards at what ran by itself and nobody has looked at: each comes to the inbox as a sampled one does,
 * before the people of its approver rule. What is not executed, or has had its look, is left out. Its agent is told nothing.
 * @throws CountersignError `forbidden`, `invalid_request`.
 */
export async function putBeforePeople(
  ctx: Context,
  input: z.input<typeof inputSchema>,
): Promise<{ asked: number; leftOut: number }> {
  const actor = requirePermission(ctx.actor, "hold.write");
  const draftIds = [...new Set(parseInput(inputSchema, input).draftIds)];
  const now = ctx.now();
  const asked = await ctx.db.transaction(async (tx) => {
    const rows = await lockUnseen(tx, draftIds);
    const directory = await getDirectory(ctx.db, tx);
    for (const row of rows) {
      const barred = barredBy({ ...row.duties, editorIds: [] });
      const question = { amount: row.amount, departmentId: row.department_id, at: now, barred };
      const { approverRule } = assignApprovers(directory, row.result, question);
      const lookBy = dueOf(row.result, now, directory.businessHours);
      await tx.run(sql`
        UPDATE draft SET after_review = 'waiting', approver_rule = ${approverRule}, due_at = ${lookBy} WHERE id = ${row.id}`);
      await recordEvent(tx, {
        verb: "draft.put_before_people",
        actor,
        at: now,
        draftId: row.id,
        details: { rule: row.result.rule_name, approver_rule: approverRule, look_by: lookBy.toISOString() },
      });
    }
    return rows.length;
  });
  return { asked, leftOut: draftIds.length - asked };
}

/** Those of them that ran by themselves and that nobody is to look at, locked in one order for everybody. */
const lockUnseen = (tx: Transaction, draftIds: string[]): Promise<Row[]> =>
  tx.rows<Row>(sql`
    SELECT draft.id, draft.amount::float8 AS amount, draft.department_id, classification.result,
           json_build_object('agentOwnerId', agent.owner_id, 'keyOwnerId', api_key.owner_id,
                             'keyCreatorId', api_key.creator_id, 'keyRotatorId', api_key.rotator_id,
                             'requestedById', draft.requested_by_id, 'behindIds', ${peopleBehind}) AS duties
    FROM draft JOIN classification ON classification.id = draft.classification_id
    JOIN agent ON agent.id = draft.agent_id JOIN api_key ON api_key.id = draft.api_key_id
    WHERE draft.id = ANY (${draftIds}::text[]) AND draft.status = 'executed' AND draft.after_review IS NULL
      AND draft.route IN ('auto_execute', 'execute_then_review') AND draft.origin = 'agent'
    ORDER BY draft.id FOR UPDATE OF draft`);
