import { z } from "zod";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { getPolicyOfVersion } from "@/lib/policy-files/policy-versions";
import { claimsOn } from "../list-inbox";
import { titleOf } from "../title-of";
import type { FactChange } from "../types";
import { type Compared, compareColumns } from "./compare-columns";
import { factChangesOfEach } from "./fact-changes-of-each";
import { type AsideReason, type Candidate, findOutliers } from "./find-outliers";
import { listGroups } from "./list-groups";
import { namesOfEach } from "./names-of-each";
import { nearestOfEach } from "./nearest-of-each";
import { readCandidates, type WaitingDraft } from "./read-candidates";
import { readFormerAmounts } from "./read-former-amounts";
import type { Batch, BatchGroup, BatchItem, BatchPrecedent } from "./types";

const name = z.string().min(1).max(200);
const inputSchema = z.strictObject({
  actionType: name.optional(),
  rule: name.optional(),
  /** A draft whose group is wanted. */
  draftId: z.string().max(100).optional(),
  size: z.int().min(1).max(50).default(10),
});

/** So many of the most urgent are compared; what is put aside of them makes room for the next. */
const MOST_COMPARED = 40;

/**
 * The most urgent drafts of one action type and rule that wait in the batch queue for this person: of the group that is
 * named, that of a draft, or the most urgent one. At most `size` that are like each other, and before them whatever should
 * be looked at by itself, with the reasons.
 */
export async function getBatch(ctx: Context, input: z.input<typeof inputSchema>): Promise<Batch> {
  const { actor } = ctx;
  if (actor.kind !== "person") throw new CountersignError("forbidden", "The inbox is for signed-in people.");
  const { size, ...asked } = parseInput(inputSchema, input);
  const viewer = { claims: await claimsOn(ctx, actor), viewerId: actor.personId };
  const [{ groups, isMore }, named] = await Promise.all([listGroups(ctx, viewer), findNamed(ctx, asked)]);
  const wanted = named ?? groups[0];
  if (!wanted) return { ...EMPTY, groups, isMore };
  const [candidates, former] = await Promise.all([
    readCandidates(ctx, viewer, wanted, Math.max(MOST_COMPARED, size)),
    readFormerAmounts(ctx, wanted),
  ]);
  const first = candidates[0];
  if (!first) return { ...EMPTY, groups, isMore };
  const policy = await getPolicyOfVersion(ctx.db, ctx.policies, wanted.actionType, first.policy_version_id);
  const group: BatchGroup = groups.find((each) => isSame(each, wanted)) ?? {
    ...wanted,
    title: titleOf(policy, wanted.actionType),
    tier: first.tier,
    count: candidates.length,
    dueAt: first.due_at.toISOString(),
  };

  const precedents = new Map<string, BatchPrecedent[]>();
  const changes = new Map<string, FactChange[]>();
  const reasonsOf = () =>
    findOutliers(
      candidates.map((each) => toCandidate(each, policy, precedents.get(each.id), changes.get(each.id))),
      former,
    );
  let reasons = reasonsOf();
  const isAside = ({ id }: WaitingDraft) => (reasons.get(id)?.length ?? 0) > 0;
  let looked: WaitingDraft[] = [];
  for (;;) {
    const room = size - looked.filter((each) => !isAside(each)).length;
    // What is put aside already takes no room, but is shown: it is more urgent than what comes after it.
    const ahead = candidates.slice(looked.length);
    const last = room > 0 ? ahead.filter((each) => !isAside(each))[room - 1] : undefined;
    const next = room > 0 ? ahead.slice(0, last ? ahead.indexOf(last) + 1 : undefined) : [];
    if (next.length === 0) break;
    const ids = next.map(({ id }) => id);
    const [near, moved] = await Promise.all([
      nearestOfEach(ctx, wanted.actionType, ids),
      factChangesOfEach(ctx, wanted.actionType, next),
    ]);
    for (const [id, list] of near) precedents.set(id, list);
    for (const [id, list] of moved) changes.set(id, list);
    looked = [...looked, ...next];
    reasons = reasonsOf();
  }
  const item = (each: WaitingDraft) => toItem(each, precedents.get(each.id) ?? []);
  const together = looked.filter((each) => !isAside(each));
  const names = await namesOfEach(
    ctx,
    policy.payloadSchema,
    together.map(({ id }) => id),
  );
  return {
    group,
    items: together.map(item),
    aside: looked.filter(isAside).map((each) => ({
      item: item(each),
      reasons: reasons.get(each.id) as AsideReason[],
    })),
    comparison: compareColumns(
      together.map((each) => ({ ...toCompared(each, policy), names: names.get(each.id) })),
      { schema: policy.payloadSchema, amountFrom: amountPointer(policy) },
    ),
    groups,
    isMore,
  };
}

const EMPTY = {
  group: null,
  items: [],
  aside: [],
  comparison: { same: [], columns: [], furtherColumns: [], cells: {} },
};

const isSame = (
  one: { actionType: string; rule: string },
  other: { actionType: string; rule: string },
): boolean => one.actionType === other.actionType && one.rule === other.rule;

async function findNamed(
  ctx: Context,
  { actionType, rule, draftId }: { actionType?: string; rule?: string; draftId?: string },
): Promise<{ actionType: string; rule: string } | null> {
  if (actionType && rule) return { actionType, rule };
  if (!draftId) return null;
  return ctx.db.row<{ actionType: string; rule: string }>(sql`
    SELECT draft.action_type AS "actionType", classification.rule
    FROM draft JOIN classification ON classification.id = draft.classification_id
    WHERE draft.id = ${draftId} AND draft.route = 'batch_review'`);
}

/** Where the payload says the amount, if anywhere. */
const amountPointer = ({ raw, payloadSchema }: LoadedPolicy): string | null => {
  const declared = (payloadSchema.properties ?? {}) as Record<string, unknown>;
  return raw.attributes?.amount_from ?? (Object.hasOwn(declared, "amount") ? "/amount" : null);
};

/** The facts that the policy looked at, each under the column that shows it. The amount is compared as such. */
function factsOf(draft: WaitingDraft, policy: LoadedPolicy): Candidate["facts"] {
  const values = new Map(draft.classification.conditions.map(({ fact, actual }) => [fact, actual]));
  return [...values].flatMap(([fact, value]) => {
    const source = policy.factSources[fact];
    const column = source?.kind === "payload" ? source.pointer : `fact:${fact}`;
    return column === amountPointer(policy) ? [] : [{ column, name: fact, value }];
  });
}

const toCandidate = (
  draft: WaitingDraft,
  policy: LoadedPolicy,
  precedents: BatchPrecedent[] = [],
  factChanges: FactChange[] = [],
): Candidate => ({
  id: draft.id,
  amount: draft.amount,
  currency: draft.currency,
  subject: { type: draft.subject_type, id: draft.subject_id },
  subjectIsNew: draft.subject_is_new,
  agentName: draft.agent_name,
  requestedBy: draft.requested_by,
  editedBy: draft.edited_by,
  facts: factsOf(draft, policy),
  factChanges,
  nearest: precedents[0] ?? null,
  hidden: draft.hidden,
});

const toCompared = (draft: WaitingDraft, policy: LoadedPolicy): Compared => ({
  id: draft.id,
  payload: draft.payload,
  amount: draft.amount,
  currency: draft.currency,
  facts: factsOf(draft, policy).filter(({ column }) => column.startsWith("fact:")),
});

const toItem = (draft: WaitingDraft, precedents: BatchPrecedent[]): BatchItem => ({
  id: draft.id,
  summary: draft.summary,
  subject: { type: draft.subject_type, id: draft.subject_id },
  agentName: draft.agent_name,
  amount: draft.amount,
  currency: draft.currency,
  approverRule: draft.approver_rule,
  escalationLevel: draft.escalation_level,
  held: draft.classification.held_by !== undefined,
  approvalsRequired: draft.approvals_required,
  dueAt: draft.due_at.toISOString(),
  precedents,
  minReadingSeconds: draft.classification.min_reading_seconds ?? 0,
  undoSeconds: draft.classification.undo_seconds,
  screenHash: draft.screenHash,
});
