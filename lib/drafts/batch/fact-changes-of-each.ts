import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { computeFacts } from "@/lib/facts/compute-facts";
import { type FetchedFacts, fetchFacts } from "@/lib/facts/fetch-facts";
import { assembleFacts, type FactQuestion, type PushedFact, wantFacts } from "@/lib/facts/load-facts";
import { evaluate } from "@/lib/policy/evaluate";
import type { ConditionResult } from "@/lib/policy/explain";
import { getPolicyOfVersion } from "@/lib/policy-files/policy-versions";
import { isHandledAlike } from "../is-handled-alike";
import type { FactChange } from "../types";
import type { WaitingDraft } from "./read-candidates";

/** A screen waits no longer than this for systems outside; deciding looks everything up again anyway. */
const PATIENCE_MS = 500;

/**
 * What is not as it was when each draft was classified. Totals and counts move all the time: they are
 * told of only where the policy would handle the draft otherwise now. No system knows what a check is about. Pushed facts of all drafts are read in one statement.
 */
export async function factChangesOfEach(
  ctx: Context,
  actionType: string,
  drafts: readonly WaitingDraft[],
): Promise<Map<string, FactChange[]>> {
  const asked = await Promise.all(
    drafts
      .filter(({ is_check }) => !is_check)
      .map(async (draft) => {
        const policy = await getPolicyOfVersion(ctx.db, ctx.policies, actionType, draft.policy_version_id);
        const fetched = await within(PATIENCE_MS, fetchFacts(ctx, policy, { payload: draft.payload }));
        const question: FactQuestion = {
          payload: draft.payload,
          subject: { type: draft.subject_type, id: draft.subject_id },
          agentId: draft.agent_id,
          amount: draft.amount,
          excludeDraftId: draft.id,
          now: ctx.now(),
          ...(fetched ? { fetched } : {}),
        };
        return { draft, policy, fetched, question, wanted: wantFacts(policy, question) };
      }),
  );
  const [pushed, computed] = await Promise.all([
    readPushed(
      ctx,
      asked.map(({ wanted }) => wanted),
    ),
    Promise.all(asked.map(({ wanted, question }) => computeFacts(ctx.db, wanted, question))),
  ]);
  return new Map(
    asked.map(({ draft, policy, fetched, question, wanted }, index) => {
      const facts = assembleFacts(wanted, question, pushed[index]!, computed[index]!);
      const classification = evaluate(policy.policy, facts);
      const now = byFact(classification.conditions);
      const isSame = isHandledAlike(classification, draft.classification);
      const changes = [...byFact(draft.classification.conditions)].flatMap(([fact, before]) => {
        const after = now.get(fact);
        const kind = policy.factSources[fact]?.kind;
        if (!after || (kind === "http" && fetched === null)) return [];
        if (JSON.stringify(before.actual) === JSON.stringify(after.actual)) return [];
        if (kind === "computed" && isSame) return [];
        return [{ fact, before: before.actual, now: after.actual, source: after.source }];
      });
      return [draft.id, changes];
    }),
  );
}

/** As `pushedFacts` in lib/facts/load-facts reads them for one draft. */
async function readPushed(ctx: Context, wanted: ReturnType<typeof wantFacts>[]): Promise<PushedFact[][]> {
  const entries = wanted.flatMap(({ pushed, tie }, draft) => {
    const told = tie ? pushed.find(({ fact, id }) => fact === tie.fact && id !== null) : undefined;
    return pushed.map((entry, index) => ({
      draft,
      position: index + 1,
      type: entry.type,
      id: entry.id,
      name: entry.name,
      told_type: told?.type ?? null,
      told_id: told?.id ?? null,
      told_name: told?.name ?? null,
    }));
  });
  const found: PushedFact[][] = wanted.map(() => []);
  if (entries.length === 0) return found;
  const rows = await ctx.db.rows<PushedFact & { draft: number }>(sql`
    SELECT wanted.draft, wanted.position, fact.value, fact.source, fact.observed_at
    FROM json_to_recordset(${JSON.stringify(entries)}::json)
         AS wanted(draft int, position int, type text, id text, name text, told_type text, told_id text, told_name text)
    JOIN fact ON fact.subject_type = wanted.type AND fact.name = wanted.name
      AND fact.subject_id = coalesce(wanted.id, (
        SELECT told.value #>> '{}' FROM fact AS told
        WHERE told.subject_type = wanted.told_type AND told.subject_id = wanted.told_id
          AND told.name = wanted.told_name AND jsonb_typeof(told.value) IN ('string', 'number')))`);
  for (const { draft, ...fact } of rows) found[draft]!.push(fact);
  return found;
}

/** The promise's value if it comes in time, else null; it goes on, and fills the cache for the next look. */
const within = (ms: number, promise: Promise<FetchedFacts>): Promise<FetchedFacts | null> =>
  Promise.race([promise, new Promise<null>((done) => setTimeout(done, ms, null).unref())]);

const byFact = (conditions: readonly ConditionResult[]) =>
  new Map(conditions.map((condition) => [condition.fact, condition]));
