import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { getPolicyOfVersion, policyVersionId } from "@/lib/policy-files/policy-versions";

/**
 * The policy version to hold a changed one against: the one named, or else the one recorded last that says something else.
 * Null where there is none.
 */
export async function findBaseline(
  db: Queryable,
  candidate: LoadedPolicy,
  versionId: string | null,
): Promise<{ versionId: string; policy: LoadedPolicy } | null> {
  const { actionType } = candidate;
  const row = await db.row<{ id: string }>(sql`
    SELECT id FROM policy_version
    WHERE action_type = ${actionType}
      AND CASE WHEN ${versionId}::text IS NULL THEN id <> ${policyVersionId(candidate)} ELSE id = ${versionId} END
    ORDER BY recorded_at DESC, id DESC LIMIT 1`);
  if (!row) return null;
  return { versionId: row.id, policy: await getPolicyOfVersion(db, new Map(), actionType, row.id) };
}
