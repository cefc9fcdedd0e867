import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { type FetchedFacts, fetchFacts } from "@/lib/facts/fetch-facts";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { getPolicyOfVersion, policyVersionId } from "@/lib/policy-files/policy-versions";

/** What was fetched for one draft, by the id of the policy version whose lookups it answers. */
export type FetchedByVersion = ReadonlyMap<string, FetchedFacts>;

const hasLookups = (policy: LoadedPolicy): boolean =>
  Object.values(policy.factSources).some(({ kind }) => kind === "http");

/**
 * Asks the lookups of the policies that a draft is judged by, on the payload as it would be executed, or on `edited`.
 * To be called before the transaction that judges it: it waits for others. Costs nothing while no policy in force looks
 * anything up, nor for a check, which no system knows; what only a former version looked up then is unknown.
 */
export async function fetchForDraft(
  ctx: Pick<Context, "db" | "now" | "policies">,
  draftId: string,
  edited?: Record<string, unknown>,
): Promise<FetchedByVersion> {
  if (![...ctx.policies.values()].some(hasLookups)) return new Map();
  const draft = await ctx.db.row<{ action_type: string; policy_version_id: string; payload: unknown }>(sql`
    SELECT action_type, policy_version_id, coalesce(decided_payload, payload) AS payload
    FROM draft WHERE id = ${draftId} AND origin <> 'check'`);
  if (!draft) return new Map();
  const current = ctx.policies.get(draft.action_type);
  const former = await getPolicyOfVersion(ctx.db, ctx.policies, draft.action_type, draft.policy_version_id);
  const policies = [...new Set([former, ...(current ? [current] : [])])].filter(hasLookups);
  const payload = edited ?? draft.payload;
  return new Map(
    await Promise.all(
      policies.map(
        async (policy) => [policyVersionId(policy), await fetchFacts(ctx, policy, { payload })] as const,
      ),
    ),
  );
}
