import { readConfig } from "@/lib/config";
import type { Actor, Context } from "@/lib/context";
import { getDatabase } from "@/lib/db/database";
import { type LoadedPolicies, loadPolicies } from "@/lib/policy-files/load-policies";
import { recordPolicyVersions } from "@/lib/policy-files/policy-versions";

const shared = globalThis as { countersignPolicies?: Promise<LoadedPolicies> };

/**
 * The policies in force: read once per process, recorded before the first draft is classified by them.
 * @throws PolicyError, which the launcher has reported before anything serves.
 */
export function getPolicies(): Promise<LoadedPolicies> {
  shared.countersignPolicies ??= (async () => {
    const policies = loadPolicies(readConfig().POLICIES_DIR);
    await recordPolicyVersions(getDatabase(), policies);
    return policies;
  })();
  shared.countersignPolicies.catch(() => {
    shared.countersignPolicies = undefined;
  });
  return shared.countersignPolicies;
}

/** What a verb needs, for this actor, now. */
export async function createContext<Who extends Actor>(actor: Who): Promise<Context<Who>> {
  return { actor, db: getDatabase(), policies: await getPolicies(), now: () => new Date() };
}
