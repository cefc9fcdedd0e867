import { recordEvent } from "@/lib/audit/record-event";
import type { Database, Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { compilePolicy } from "@/lib/policy/compile-policy";
import { parsePolicy } from "@/lib/policy/parse-policy";
import { PolicyError, type PolicyProblem } from "@/lib/policy/policy-error";
import { compilePayloadSchema } from "./compile-payload-schema";
import type { LoadedPolicies, LoadedPolicy } from "./load-policies";
import { resolveFactSources } from "./resolve-fact-sources";

/** The id under which a policy's content is kept: readable, and different for any other content. */
export const policyVersionId = ({ actionType, hash }: Pick<LoadedPolicy, "actionType" | "hash">): string =>
  `${actionType}@${hash.slice(0, 12)}`;

/** Records the content of every policy that the database does not know yet, each with its event. Idempotent. */
export async function recordPolicyVersions(db: Database, policies: LoadedPolicies): Promise<void> {
  await db.transaction(async (tx) => {
    for (const policy of policies.values()) {
      const id = policyVersionId(policy);
      const added = await tx.run(sql`
        INSERT INTO policy_version (id, action_type, hash, policy, prose, payload_schema)
        VALUES (${id}, ${policy.actionType}, ${policy.hash}, ${JSON.stringify(policy.raw)}::json, ${policy.prose},
                ${JSON.stringify(policy.payloadSchema)}::json)
        ON CONFLICT DO NOTHING`);
      if (added === 0) continue;
      await recordEvent(tx, {
        verb: "policy.recorded",
        actor: { kind: "system", name: "cli" },
        at: new Date(),
        details: { policy_version: id, policy_hash: policy.hash },
      });
    }
  });
}

const former = new Map<string, LoadedPolicy>();

/**
 * The policy of a recorded version: the one in force, or a former one rebuilt from its record.
 * @throws PolicyError when a recorded version can no longer be read.
 */
export async function getPolicyOfVersion(
  db: Queryable,
  policies: LoadedPolicies,
  actionType: string,
  versionId: string,
): Promise<LoadedPolicy> {
  const current = policies.get(actionType);
  if (current && policyVersionId(current) === versionId) return current;
  const known = former.get(versionId);
  if (known) return known;
  const row = await db.row<{ policy: unknown; payload_schema: unknown; prose: string; hash: string }>(sql`
    SELECT policy, payload_schema, prose, hash FROM policy_version WHERE id = ${versionId}`);
  const rebuilt = rebuild(versionId, actionType, row);
  former.set(versionId, rebuilt);
  return rebuilt;
}

function rebuild(
  file: string,
  actionType: string,
  row: { policy: unknown; payload_schema: unknown; prose: string; hash: string } | null,
): LoadedPolicy {
  const problems: PolicyProblem[] = [];
  const parsed = parsePolicy(row?.policy);
  const schema = compilePayloadSchema(row?.payload_schema, file, problems);
  if (!row || !parsed.ok || !schema) {
    throw new PolicyError([{ file, path: "", found: "an unreadable record", allowed: "a policy version" }]);
  }
  const policy = compilePolicy(parsed.policy);
  const factSources = resolveFactSources(parsed.policy, policy.factNames, schema.properties, file, problems);
  if (problems.length > 0) throw new PolicyError(problems);
  return {
    actionType,
    policy,
    raw: parsed.policy,
    prose: row.prose,
    hash: row.hash,
    payloadSchema: schema.payloadSchema,
    validatePayload: schema.validatePayload,
    factSources,
  };
}
