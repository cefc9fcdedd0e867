import { findCheck } from "@/lib/checks/find-check";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { precedentsOnScreen } from "@/lib/examples/precedents-on-screen";
import type { Classification } from "@/lib/policy/evaluate";
import { findExcerpt } from "@/lib/policy/excerpt";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { getPolicyOfVersion } from "@/lib/policy-files/policy-versions";
import { approvalsMissing } from "@/lib/routing/quorum";
import { separatedBecause } from "@/lib/routing/separation";
import { chainOf } from "./assign-approvers";
import { diffPayloads } from "./diff-payloads";
import { getAgentRecord } from "./get-agent-record";
import { listFactChanges } from "./list-fact-changes";
import { type DraftUnderDecision, isOver, lastDecision, loadForDecision } from "./load-for-decision";
import { readImported } from "./read-imported";
import { readRevision } from "./read-revision";
import { executorOf } from "./submit-draft";
import { titleOf } from "./title-of";
import type {
  DecisionView,
  DraftStatus,
  EvidenceView,
  ExecutionView,
  Instant,
  ReviewScreen,
  Route,
  Tier,
  Verdict,
} from "./types";
import { notAsked, whyAsked } from "./why-asked";

interface DraftRow {
  id: string;
  status: DraftStatus;
  version: number;
  action_type: string;
  tier: Tier;
  route: Route | null;
  summary: string;
  reasoning: string | null;
  confidence: number | null;
  expected_outcome: string | null;
  requested_by: string | null;
  subject_type: string;
  subject_id: string;
  agent_id: string;
  agent_name: string;
  owner_name: string;
  external_id: string | null;
  amount: number | null;
  currency: string | null;
  payload: Record<string, unknown>;
  payload_hash: string;
  decided_payload: Record<string, unknown> | null;
  decided_payload_hash: string | null;
  created_at: Date;
  due_at: Date | null;
  deadline: Date | null;
  closed_at: Date | null;
  revises_id: string | null;
  revised_by_id: string | null;
  after_review: ReviewScreen["draft"]["afterReview"];
  policy_version_id: string;
  result: Classification;
}

/**
 * Everything an approver needs to decide, read in one go, with the hash that their decision must name.
 * @throws CountersignError `not_found`.
 */
export async function getReview(ctx: Context, draftId: string): Promise<ReviewScreen> {
  const { actor, db } = ctx;
  if (actor.kind !== "person") throw new CountersignError("forbidden", "Reviews are for signed-in people.");
  const [draft, decidable] = await Promise.all([
    readDraft(ctx, draftId),
    loadForDecision(ctx, db, draftId, actor.personId, { lock: false }),
  ]);
  if (!draft || !decidable) throw new CountersignError("not_found", "There is no such draft.");
  const policy = await getPolicyOfVersion(db, ctx.policies, draft.action_type, draft.policy_version_id);
  const classification = draft.result;
  const isCheck = decidable.row.origin === "check";
  const isImport = decidable.row.origin === "import";
  const [evidence, decisions, execution, similar, agentRecord, factChanges, revision, check] =
    await Promise.all([
      readEvidence(ctx, draftId),
      isImport ? readImported(ctx, draftId) : readDecisions(ctx, draftId),
      readExecution(ctx, draftId),
      precedentsOnScreen(ctx, {
        id: draftId,
        actionType: draft.action_type,
        payload: decidable.payload,
        policyVersionId: draft.policy_version_id,
        isOpen: draft.status === "pending" || draft.after_review === "waiting",
      }),
      getAgentRecord(ctx, draft.agent_id, draft.action_type),
      draft.status === "pending" && !isCheck ? listFactChanges(ctx, policy, decidable) : [],
      readRevision(ctx, draft.revises_id, draft.payload),
      isCheck && mayKnow(actor, draft.status, decidable) ? findCheck(db, draftId) : null,
    ]);
  return {
    draft: toDraft(draft, policy),
    imported: isImport,
    payloadSchema: policy.payloadSchema,
    attributes: policy.raw.attributes ?? {},
    executor: executorOf(policy),
    classification,
    policy: {
      versionId: draft.policy_version_id,
      excerpt: findExcerpt(policy.prose, classification),
      ruleSource:
        classification.rule === null ? null : (policy.raw.tiers?.[classification.rule.index] ?? null),
    },
    why: why(decidable, actor.personId, ctx.now()),
    factChanges,
    revision,
    evidence,
    ...similar,
    agentRecord,
    decisions,
    execution,
    check,
    undoUntil: undoUntil(decisions.at(-1), draft.status, execution, actor.personId, ctx.now()),
    minReadingSeconds: classification.min_reading_seconds ?? 0,
    screenHash: decidable.screenHash,
  };
}

/** A check is one for everybody once it is over; before, for admins who are not among those it is for. */
const mayKnow = (actor: PersonActor, status: DraftStatus, { entitlement }: DraftUnderDecision): boolean =>
  status !== "pending" || (actor.roles.includes("admin") && entitlement === null);

const readDraft = (ctx: Context, draftId: string) =>
  ctx.db.row<DraftRow>(sql`
    SELECT draft.id, draft.status, draft.version, draft.action_type, draft.tier, draft.route, draft.summary,
           draft.reasoning, draft.confidence, draft.expected_outcome, draft.subject_type,
           coalesce((SELECT name FROM person WHERE person.id = draft.requested_by_id), draft.requested_by) AS requested_by,
           draft.subject_id, agent.id AS agent_id, agent.name AS agent_name, person.name AS owner_name, draft.external_id,
           draft.amount::float8 AS amount, draft.currency, draft.payload, draft.payload_hash, draft.decided_payload, draft.decided_payload_hash,
           draft.created_at, draft.due_at, draft.deadline, draft.closed_at, draft.revises_id, draft.policy_version_id, draft.after_review,
           classification.result,
           (SELECT revision.id FROM draft AS revision WHERE revision.revises_id = draft.id
            ORDER BY revision.created_at DESC LIMIT 1) AS revised_by_id
    FROM draft
    JOIN agent ON agent.id = coalesce(draft.shown_agent_id, draft.agent_id)
    JOIN person ON person.id = agent.owner_id
    JOIN classification ON classification.id = draft.classification_id
    WHERE draft.id = ${draftId}`);

const toDraft = (row: DraftRow, policy: LoadedPolicy): ReviewScreen["draft"] => ({
  id: row.id,
  status: row.status,
  version: row.version,
  actionType: row.action_type,
  title: titleOf(policy, row.action_type),
  tier: row.tier,
  route: row.route,
  summary: row.summary,
  reasoning: row.reasoning,
  confidence: row.confidence,
  expectedOutcome: row.expected_outcome,
  requestedBy: row.requested_by,
  subject: { type: row.subject_type, id: row.subject_id },
  agent: { id: row.agent_id, name: row.agent_name, ownerName: row.owner_name },
  externalId: row.external_id,
  amount: row.amount,
  currency: row.currency,
  payload: row.payload,
  payloadHash: row.payload_hash,
  decidedPayload: row.decided_payload,
  decidedPayloadHash: row.decided_payload_hash,
  createdAt: row.created_at.toISOString(),
  dueAt: row.due_at?.toISOString() ?? null,
  deadline: row.deadline?.toISOString() ?? null,
  closedAt: row.closed_at?.toISOString() ?? null,
  revisesId: row.revises_id,
  revisedById: row.revised_by_id,
  afterReview: row.after_review,
});

/** People beyond this are not listed by name. */
const MOST_OTHERS = 12;

function why(decidable: DraftUnderDecision, personId: string, now: Date): ReviewScreen["why"] {
  const { row, resolution, directory, entitlement } = decidable;
  const against = reasonAgainst(decidable, personId, now);
  const isPending = row.status === "pending";
  const chain = chainOf(row.handling);
  const others = isPending ? resolution.approvers.filter((each) => each.personId !== personId) : [];
  const decided = new Set(row.decisions.map(({ person_id }) => person_id));
  return {
    eligible: against === null,
    sentence: against ?? (entitlement ? whyAsked(decidable, entitlement) : ""),
    approverRule: row.approver_rule,
    approvalsRequired: row.approvals_required,
    approvalsGiven:
      row.approvals_required -
      approvalsMissing(row.approvals_required, decidable.payloadHash, decidable.approvals),
    escalationLevel: row.escalation_level,
    escalatesTo: chain[row.escalation_level + 1] ?? null,
    onTimeout: row.handling.on_timeout,
    othersInAll: others.length,
    others: others
      .filter((each) => !decided.has(each.personId))
      .slice(0, MOST_OTHERS)
      .map(({ personId: id, onBehalfOf }) => ({
        id,
        name: nameOf(directory, id),
        onBehalfOf: onBehalfOf === null ? null : nameOf(directory, onBehalfOf),
      })),
    tooFew: isPending && !resolution.enough,
    passedOver: isPending ? resolution.passedOver.slice(0, MOST_OTHERS) : [],
  };
}

const nameOf = (directory: DraftUnderDecision["directory"], id: string): string =>
  directory.people.get(id)?.name ?? id;

/** Why this person cannot decide now, or null when they can: the same checks as a decision makes. */
function reasonAgainst(decidable: DraftUnderDecision, personId: string, now: Date): string | null {
  const { row, duties, entitlement } = decidable;
  const isAfter = row.status === "executed" && row.after_review === "waiting";
  if (row.origin === "import") return "It was decided before Countersign, and brought in with an import.";
  if (row.status !== "pending" && !isAfter) {
    const winner = lastDecision(decidable);
    return winner ? `${winner.name} decided this.` : `This draft is ${row.status.replace("_", " ")}.`;
  }
  if (!isAfter && isOver(decidable, now)) return "Its time to be decided is over; it has expired.";
  const duty = separatedBecause(personId, duties);
  if (duty) return duty;
  if (row.decisions.some((decision) => decision.person_id === personId)) {
    return "You have decided on this already; it waits for somebody else.";
  }
  return entitlement ? null : notAsked(decidable);
}

async function readEvidence(ctx: Context, draftId: string): Promise<EvidenceView[]> {
  return ctx.db.rows<EvidenceView>(sql`
    SELECT position, kind, title, content, url, source, hash FROM evidence WHERE draft_id = ${draftId} ORDER BY position`);
}

interface DecisionRow {
  id: string;
  person_id: string;
  name: string;
  verdict: Verdict;
  reason: string | null;
  decided_at: Date;
  undo_until: Date | null;
  payload: unknown;
  proposed: unknown;
}

async function readDecisions(ctx: Context, draftId: string): Promise<DecisionView[]> {
  const rows = await ctx.db.rows<DecisionRow>(sql`
    SELECT decision.id, decision.person_id, person.name, decision.verdict, decision.reason, decision.decided_at,
           decision.undo_until, decision.payload, draft.payload AS proposed
    FROM decision JOIN person ON person.id = decision.person_id JOIN draft ON draft.id = decision.draft_id
    WHERE decision.draft_id = ${draftId} AND decision.undone_at IS NULL ORDER BY decision.decided_at, decision.id`);
  return rows.map((row) => ({
    id: row.id,
    person: { id: row.person_id, name: row.name },
    verdict: row.verdict,
    reason: row.reason,
    decidedAt: row.decided_at.toISOString(),
    undoUntil: row.undo_until?.toISOString() ?? null,
    changes: row.verdict === "edit_and_approve" ? diffPayloads(row.proposed, row.payload) : [],
  }));
}

/** Until when the viewer may take back what they decided last; null when they cannot. The same checks as undoing makes. */
function undoUntil(
  last: DecisionView | undefined,
  status: DraftStatus,
  execution: ExecutionView | null,
  personId: string,
  now: Date,
): Instant | null {
  if (!last?.undoUntil || last.person.id !== personId || Date.parse(last.undoUntil) <= now.getTime())
    return null;
  const isOpen =
    status === "approved"
      ? execution?.status === "waiting"
      : ["rejected", "changes_requested"].includes(status);
  return isOpen ? last.undoUntil : null;
}

async function readExecution(ctx: Context, draftId: string): Promise<ExecutionView | null> {
  const row = await ctx.db.row<{
    executor: ExecutionView["executor"];
    status: ExecutionView["status"];
    attempts: number;
    waiting_for: string | null;
    last_error: string | null;
    hash_mismatch: boolean;
    started_at: Date | null;
    finished_at: Date | null;
    not_before: Date | null;
  }>(sql`
    SELECT executor, status, attempts, waiting_for, last_error, hash_mismatch, started_at, finished_at, not_before
    FROM execution WHERE draft_id = ${draftId}`);
  return (
    row && {
      executor: row.executor,
      status: row.status,
      attempts: row.attempts,
      waitingFor: row.waiting_for,
      notBefore: row.not_before?.toISOString() ?? null,
      lastError: row.last_error,
      hashMismatch: row.hash_mismatch,
      startedAt: row.started_at?.toISOString() ?? null,
      finishedAt: row.finished_at?.toISOString() ?? null,
    }
  );
}
