import type { Database } from "@/lib/db/database";
import { diffPayloads } from "@/lib/drafts/diff-payloads";
import type { PrecedentView } from "@/lib/drafts/types";
import { type Neighbour, nearestExamples } from "./nearest-examples";

const PRECEDENTS = 3;

/**
 * The three decided drafts most like this one, each with what differs from `payload` field by field; when none of
 * them was rejected, the nearest rejection comes as a fourth.
 */
export async function findPrecedents(
  db: Database,
  draft: { id: string; actionType: string; payload: unknown },
): Promise<PrecedentView[]> {
  const nearest = await nearestExamples(db, { draftId: draft.id, actionType: draft.actionType });
  const precedents = nearest.map((neighbour) => toPrecedent(neighbour, draft.payload, false));
  if (nearest.length < PRECEDENTS || nearest.some(({ outcome }) => outcome === "rejected")) return precedents;
  const [rejection] = await nearestExamples(db, {
    draftId: draft.id,
    actionType: draft.actionType,
    outcomes: ["rejected"],
  });
  return rejection ? [...precedents, toPrecedent(rejection, draft.payload, true)] : precedents;
}

const toPrecedent = (neighbour: Neighbour, payload: unknown, extra: boolean): PrecedentView => ({
  exampleId: neighbour.id,
  draftId: neighbour.draft_id,
  outcome: neighbour.outcome,
  summary: neighbour.summary,
  reason: neighbour.reason,
  decidedBy: neighbour.decided_by,
  decidedAt: neighbour.decided_at.toISOString(),
  amount: neighbour.amount,
  similarity: neighbour.similarity,
  policyVersionId: neighbour.policy_version_id,
  differences: diffPayloads(payload, neighbour.final_payload).map(({ path, from, to }) => ({
    path,
    here: from,
    there: to,
  })),
  extra,
});
