import type { Context, SystemActor } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { getDirectory } from "@/lib/directory/load-directory";
import { DRAFTER_ID } from "@/lib/drafting/drafter";
import { type AssignmentQuestion, assignApprovers } from "@/lib/drafts/assign-approvers";
import { amountOf } from "@/lib/drafts/classify";
import type { ConditionResult } from "@/lib/policy/explain";
import { type FilledCheck, fillTemplate, judgeCheck, maybeSeeded } from "@/lib/policy-files/check-templates";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { policyVersionId } from "@/lib/policy-files/policy-versions";
import type { Directory } from "@/lib/routing/directory";
import { resolveApprovers } from "@/lib/routing/resolve-approvers";
import { barredBy, type Duties } from "@/lib/routing/separation";
import type { Arrival } from "./seed-checks";
import { writeCheck } from "./write-check";

/** The draft whose agent, key and circumstances a check borrows, so that nothing of it stands out. */
export interface Beside {
  agent_id: string;
  api_key_id: string;
  approver_rule: string;
  policy_version_id: string;
  department_id: string | null;
  external_id: string | null;
  confidence: number | null;
  requested_by: string | null;
  requested_by_id: string | null;
  conditions: ConditionResult[];
  duties: Omit<Duties, "editorIds" | "behindIds">;
}

/**
 * Seeds one check beside a draft that has just come to the batch queue: made of a template of its action type and rule
 * that this approver rule has not seen, for the same people. None where somebody among them has an open one already, or
 * nothing is left to make one of. Resolves to its id.
 */
export async function seedCheck(
  ctx: Context<SystemActor>,
  arrival: Arrival,
  pick: (below: number) => number,
): Promise<string | null> {
  const policy = ctx.policies.get(arrival.action_type);
  if (!policy?.checks) return null;
  return ctx.db.transaction(async (tx) => {
    await tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended('seed a check', 0))`);
    const beside = await readBeside(tx, arrival.id);
    if (!beside || beside.policy_version_id !== policyVersionId(policy)) return null;
    const made = await chooseTemplate(tx, policy, arrival, beside, pick);
    if (!made) return null;
    const directory = await getDirectory(ctx.db, tx);
    const now = ctx.now();
    const question: AssignmentQuestion = {
      amount: amountOf(policy, made.filled.payload).amount,
      departmentId: beside.department_id,
      at: now,
      barred: barredBy({ ...beside.duties, ...NOBODY_ELSE }),
    };
    const assignment = assignApprovers(directory, made.classification, question);
    const { approverRule, level, resolution } = assignment;
    if (level > 0 || approverRule !== beside.approver_rule || !resolution.enough) return null;
    const busy = await peopleWithOpenCheck(tx, directory, now);
    if (resolution.approvers.some(({ personId }) => busy.has(personId))) return null;
    return writeCheck(tx, { ...made, policy, beside, assignment, directory, now, pick });
  });
}

/**
 * A check is seeded beside what an agent drafted for itself, and nobody has edited it. What the built-in drafter wrote has
 * the request that it answers among its evidence: a check under its name would be the one that has none.
 */
const NOBODY_ELSE = { behindIds: [], editorIds: [] };

const readBeside = (tx: Transaction, draftId: string): Promise<Beside | null> =>
  tx.row<Beside>(sql`
    SELECT draft.agent_id, draft.api_key_id, draft.approver_rule, draft.policy_version_id, draft.department_id,
           draft.external_id, draft.confidence, draft.requested_by, draft.requested_by_id,
           classification.result->'conditions' AS conditions,
           json_build_object('agentOwnerId', agent.owner_id, 'keyOwnerId', api_key.owner_id,
                             'keyCreatorId', api_key.creator_id, 'keyRotatorId', api_key.rotator_id,
                             'requestedById', draft.requested_by_id) AS duties
    FROM draft JOIN classification ON classification.id = draft.classification_id
    JOIN agent ON agent.id = draft.agent_id JOIN api_key ON api_key.id = draft.api_key_id
    WHERE draft.id = ${draftId} AND draft.status = 'pending' AND draft.route = 'batch_review'
      AND draft.requesting_key_id IS NULL AND draft.revises_id IS NULL AND draft.agent_id <> ${DRAFTER_ID}`);

/** A template that nobody on this approver rule has seen, with new ids, and what the policy says of it. */
async function chooseTemplate(
  tx: Transaction,
  policy: LoadedPolicy,
  arrival: Arrival,
  beside: Beside,
  pick: (below: number) => number,
) {
  const seen = await tx.rows<{ template: string }>(sql`
    SELECT template FROM seeded_check
    WHERE action_type = ${arrival.action_type} AND approver_rule = ${beside.approver_rule}`);
  const known = new Set(seen.map(({ template }) => template));
  const like = new Map(beside.conditions.map((condition) => [condition.fact, condition]));
  const left = (policy.checks ?? [])
    .filter(({ name }) => !known.has(name))
    .map((template) => {
      const filled: FilledCheck = fillTemplate(template, () => String(pick(10)));
      const classification = judgeCheck(policy, filled.payload, (name) => {
        if (!Object.hasOwn(filled.facts, name)) return undefined;
        const { source, at } = like.get(name) ?? {};
        return {
          value: filled.facts[name],
          source: source ?? "computed by Countersign",
          ...(at ? { at } : {}),
        };
      });
      return { filled, classification };
    })
    .filter(({ classification }) => maybeSeeded(classification) && classification.rule_name === arrival.rule);
  return left.length > 0 ? left[pick(left.length)]! : null;
}

interface Open {
  approver_rule: string;
  amount: number | null;
  department_id: string | null;
  duties: Omit<Duties, "editorIds" | "behindIds">;
}

/** Everybody before whom an open check lies. There is at most one for each of them, so there are few. */
async function peopleWithOpenCheck(tx: Transaction, directory: Directory, at: Date): Promise<Set<string>> {
  const open = await tx.rows<Open>(sql`
    SELECT draft.approver_rule, draft.amount::float8 AS amount, draft.department_id,
           json_build_object('agentOwnerId', agent.owner_id, 'keyOwnerId', api_key.owner_id,
                             'keyCreatorId', api_key.creator_id, 'keyRotatorId', api_key.rotator_id,
                             'requestedById', draft.requested_by_id) AS duties
    FROM seeded_check JOIN draft ON draft.id = seeded_check.draft_id
    JOIN agent ON agent.id = draft.shown_agent_id JOIN api_key ON api_key.id = draft.shown_key_id
    WHERE seeded_check.outcome IS NULL`);
  return new Set(
    open.flatMap(({ approver_rule: rule, amount, department_id: departmentId, duties }) =>
      resolveApprovers(directory, {
        rule,
        amount,
        departmentId,
        required: 1,
        at,
        barred: barredBy({ ...duties, ...NOBODY_ELSE }),
      }).approvers.map(({ personId }) => personId),
    ),
  );
}
