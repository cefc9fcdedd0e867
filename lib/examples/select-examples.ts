import type { Context } from "@/lib/context";
import { amountOf } from "@/lib/drafts/classify";
import { OUTCOMES, type Outcome } from "@/lib/drafts/types";
import { CountersignError } from "@/lib/errors";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { chooseDiverse } from "./choose-diverse";
import { embedDraft } from "./embed";
import type { EmbedInput } from "./embedder-builtin";
import type { FewShotExample } from "./few-shot-example";
import { type Candidate, nearestCandidates, newestCandidates } from "./find-candidates";
import { readExamples } from "./read-examples";
import { redactionRulesOf } from "./redaction-rules";
import { toFewShot } from "./to-few-shot";

/** What the nearest of all may lack: there are many more approvals than anything else. */
const TELLING: Outcome[][] = [["edited"], ["rejected", "changes_requested"]];

/** What a prompt is about. Without text, payload or evidence, the newest decisions are chosen from. */
export interface WantedExamples {
  actionType: string;
  text?: string;
  payload?: unknown;
  evidence?: EmbedInput["evidence"];
  subjectType?: string;
  limit: number;
  /** Only examples with these outcomes; a mixture when left out. */
  outcomes?: readonly Outcome[];
}

/**
 * Decided examples for a prompt, best first: near to what is asked about, diverse, with a refusal and an edit among them
 * where one is near enough. Redacted by the policy in force. Never one that is withdrawn, nor a check of reviewers' attention.
 * @throws CountersignError `unknown_action_type` for one that no policy covers, whatever the library holds of it.
 */
export async function selectExamples(
  ctx: Pick<Context, "db" | "policies">,
  wanted: WantedExamples,
): Promise<FewShotExample[]> {
  const policy = ctx.policies.get(wanted.actionType);
  if (!policy) {
    throw new CountersignError(
      "unknown_action_type",
      `No policy covers the action type ${JSON.stringify(wanted.actionType)}, so there are no examples of it.`,
      { fields: [{ path: "/action_type", message: "not an action type that a policy covers" }] },
    );
  }
  const rules = redactionRulesOf(policy);
  const found = await findCandidates(ctx, policy, wanted);
  const items = found.map((candidate, index) => ({
    id: candidate.id,
    outcome: candidate.outcome,
    relevance: candidate.similarity === null ? 1 - index / found.length : Math.max(0, candidate.similarity),
    vector: candidate.vector === null ? null : Float32Array.from(JSON.parse(candidate.vector)),
    content: candidate.content,
    similarity: candidate.similarity,
  }));
  const chosen = chooseDiverse(items, wanted.limit);
  // Only what is chosen is read and redacted: a payload may have a quarter of a megabyte.
  const stored = await readExamples(
    ctx.db,
    chosen.map(({ id }) => id),
  );
  return chosen.flatMap(({ id, similarity }) => {
    const example = stored.get(id);
    return example ? [toFewShot(example, similarity, rules)] : [];
  });
}

async function findCandidates(
  { db }: Pick<Context, "db">,
  policy: LoadedPolicy,
  wanted: WantedExamples,
): Promise<Candidate[]> {
  const { actionType, outcomes = OUTCOMES } = wanted;
  const asksNothing =
    !wanted.text?.trim() && wanted.payload === undefined && (wanted.evidence ?? []).length === 0;
  if (asksNothing) return newestCandidates(db, { actionType, outcomes });
  const { vector } = embedDraft({
    actionType,
    subjectType: wanted.subjectType ?? "",
    summary: wanted.text ?? "",
    payload: wanted.payload ?? {},
    amount: amountOf(policy, wanted.payload).amount,
    evidence: wanted.evidence ?? [],
  });
  const telling = TELLING.map((group) => group.filter((outcome) => outcomes.includes(outcome)));
  const found = await Promise.all([
    nearestCandidates(db, { actionType, outcomes, vector }),
    ...telling
      .filter((group) => group.length > 0 && group.length < outcomes.length)
      .map((group) => nearestCandidates(db, { actionType, outcomes: group, vector, aFewDo: true })),
  ]);
  const distinct = new Map(found.flat().map((candidate) => [candidate.id, candidate]));
  return [...distinct.values()];
}
