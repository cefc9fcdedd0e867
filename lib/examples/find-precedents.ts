import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { diffPayloads } from "@/lib/drafts/diff-payloads";
import type { PrecedentView } from "@/lib/drafts/types";
import { policyVersionId } from "@/lib/policy-files/policy-versions";
import { likenessOf } from "./likeness";
import { type Neighbour, nearestExamples } from "./nearest-examples";

const PRECEDENTS = 3;

/** The draft that precedents are compared with, and the policy version it is under. */
export interface PrecedentsOf {
  id: string;
  actionType: string;
  payload: unknown;
  policyVersionId: string;
}

/**
 * The three decided drafts most like this one, each with what differs from `payload` field by field; when none of
 * them was rejected, the nearest rejection comes as a fourth.
 */
export async function findPrecedents(ctx: PrecedentContext, draft: PrecedentsOf): Promise<PrecedentView[]> {
  const { id: draftId, actionType } = draft;
  const nearest = await nearestExamples(ctx.db, { draftId, actionType });
  if (nearest.length < PRECEDENTS || nearest.some(({ outcome }) => outcome === "rejected"))
    return nearest.map((neighbour) => toPrecedent(ctx, draft, neighbour, false));
  const [rejection] = await nearestExamples(ctx.db, { draftId, actionType, outcomes: ["rejected"] });
  return [...nearest, ...(rejection ? [rejection] : [])].map((neighbour, index) =>
    toPrecedent(ctx, draft, neighbour, index === PRECEDENTS),
  );
}

/**
 * The precedents that were on a decider's screen, in the order they stood there, as the library has them now: also those
 * withdrawn since. Those whose decision was taken back are no longer there.
 */
export async function readPrecedents(
  ctx: PrecedentContext,
  draft: PrecedentsOf,
  exampleIds: string[],
): Promise<PrecedentView[]> {
  const rows = await ctx.db.rows<Seen & { position: number }>(sql`
    SELECT example.id, example.draft_id, example.outcome, example.summary, example.reason,
           coalesce(person.name, example.decided_by_name) AS decided_by, example.decided_at,
           example.amount::float8 AS amount, example.final_payload, example.policy_version_id, example.imported,
           example.withdrawn_at, compared.embedder,
           1 - CASE compared.embedder WHEN draft.remote_embedder THEN example.remote_embedding <=> draft.remote_embedding
                                      WHEN draft.embedder THEN example.embedding <=> draft.embedding END AS similarity,
           seen.position::int AS position
    FROM unnest(${exampleIds}::text[]) WITH ORDINALITY AS seen(id, position)
    JOIN example ON example.id = seen.id AND example.action_type = ${draft.actionType}
    JOIN draft ON draft.id = ${draft.id}
    LEFT JOIN person ON person.id = example.person_id
    CROSS JOIN LATERAL (
      SELECT CASE WHEN example.remote_embedder = draft.remote_embedder AND example.remote_embedding IS NOT NULL
                       AND draft.remote_embedding IS NOT NULL THEN draft.remote_embedder
                  WHEN example.embedder = draft.embedder THEN draft.embedder END AS embedder
    ) AS compared
    ORDER BY seen.position`);
  return rows.map((row) => toPrecedent(ctx, draft, row, row.position > PRECEDENTS));
}

/** An example whose vectors need not be of the same embedder as the draft's. */
type Seen = Omit<Neighbour, "similarity" | "embedder"> & {
  similarity: number | null;
  embedder: string | null;
};

type PrecedentContext = Pick<Context, "db" | "policies">;

function toPrecedent(
  { policies }: PrecedentContext,
  draft: PrecedentsOf,
  neighbour: Seen,
  extra: boolean,
): PrecedentView {
  const { similarity, embedder, policy_version_id: versionId } = neighbour;
  const current = policies.get(draft.actionType);
  const isInForce = current !== undefined && policyVersionId(current) === versionId;
  return {
    exampleId: neighbour.id,
    draftId: neighbour.draft_id,
    outcome: neighbour.outcome,
    summary: neighbour.summary,
    reason: neighbour.reason,
    decidedBy: neighbour.decided_by,
    decidedAt: neighbour.decided_at.toISOString(),
    amount: neighbour.amount,
    similarity,
    likeness: similarity === null || embedder === null ? null : likenessOf(similarity, embedder),
    policyVersionId: versionId,
    policy: versionId === draft.policyVersionId ? "same" : isInForce ? "in_force" : "former",
    imported: neighbour.imported,
    withdrawn: neighbour.withdrawn_at !== null,
    differences: diffPayloads(draft.payload, neighbour.final_payload).map(({ path, from, to }) => ({
      path,
      here: from,
      there: to,
    })),
    extra,
  };
}
