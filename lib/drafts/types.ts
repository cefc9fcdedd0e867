import type { Classification } from "@/lib/policy/evaluate";
import type { PolicyAttributes } from "@/lib/policy/schema";

export const DRAFT_STATUSES = [
  "blocked",
  "approved",
  "pending",
  "executing",
  "executed",
  "failed",
  "rejected",
  "changes_requested",
  "expired",
  "withdrawn",
] as const;
export type DraftStatus = (typeof DRAFT_STATUSES)[number];
/** Where a draft comes from: an agent, an import of what was decided elsewhere, or a check of reviewers' attention. */
export type Origin = "agent" | "import" | "check";
export type Tier = "low" | "medium" | "high" | "prohibited";
export type Route = "auto_execute" | "batch_review" | "named_approver" | "execute_then_review";
/** `uphold` and `overturn` are about what ran by itself and was looked at afterwards. */
export type Verdict = "approve" | "edit_and_approve" | "reject" | "request_changes" | AfterVerdict;
export type AfterVerdict = "uphold" | "overturn";
export type EvidenceKind = "message" | "record" | "document" | "link";
export const OUTCOMES = ["approved", "edited", "rejected", "changes_requested"] as const;
export type Outcome = (typeof OUTCOMES)[number];
/** Times are ISO 8601 in UTC; amounts are in the currency's main unit. */
export type Instant = string;

/** A row of the inbox. */
export interface InboxItem {
  id: string;
  actionType: string;
  /** The action type as people say it, from the policy's attributes. */
  title: string;
  tier: Tier;
  route: Route;
  rule: string;
  summary: string;
  amount: number | null;
  currency: string | null;
  agentName: string;
  subject: { type: string; id: string };
  createdAt: Instant;
  dueAt: Instant;
  approverRule: string;
  escalationLevel: number;
  /** Whether a hold brought it here: its rule would have let it run by itself. */
  held: boolean;
  /** Whether the agent makes changes here that the viewer has asked for. */
  answersYou: boolean;
}

/** `after` holds what ran by itself and waits for a look afterwards. */
export const QUEUES = ["batch", "named", "after"] as const;
export type Queue = (typeof QUEUES)[number];

/** One page of one queue; `counts` stop at `countLimit` so that they cost the same however long the queue is. */
export interface InboxPage {
  queue: Queue;
  items: InboxItem[];
  nextCursor: string | null;
  counts: Record<Queue, number>;
  countLimit: number;
}

export interface EvidenceView {
  position: number;
  kind: EvidenceKind;
  title: string;
  /** Text as text, records as JSON values. Hostile until drawn harmless. */
  content: unknown;
  url: string | null;
  source: string | null;
  hash: string;
}

/** How alike two drafts are. */
export type Likeness = "all_but_equal" | "very_similar" | "similar" | "somewhat_similar" | "hardly_similar";

/** A past decision like this one. `differences` compares the payload decided then with the one proposed now. */
export interface PrecedentView {
  exampleId: string;
  draftId: string;
  outcome: Outcome;
  summary: string;
  reason: string | null;
  decidedBy: string | null;
  decidedAt: Instant;
  amount: number | null;
  /** Cosine similarity, −1 to 1; null where the two were never compared by one embedder. */
  similarity: number | null;
  /** How alike they are, in words that mean the same for every embedder; null where nobody knows. */
  likeness: Likeness | null;
  policyVersionId: string;
  /** The policy it was decided under: the one this draft is under, another one in force, or a former one. */
  policy: "same" | "in_force" | "former";
  /** Decided before Countersign, and brought in from a file. */
  imported: boolean;
  /** Taken out of the library since; only on the screen of a draft whose decider saw it. */
  withdrawn: boolean;
  differences: { path: string; here: unknown; there: unknown }[];
  /** True for the nearest rejection, offered as a fourth when none of the three is one. */
  extra: boolean;
}

export interface DecisionView {
  id: string;
  person: { id: string; name: string };
  verdict: Verdict;
  reason: string | null;
  decidedAt: Instant;
  /** Until when it may be taken back by its person, as long as nothing has come of it. */
  undoUntil: Instant | null;
  /** What an edit changed, field by field; empty otherwise. */
  changes: { path: string; from: unknown; to: unknown }[];
}

export interface ExecutionView {
  executor: "agent" | "webhook";
  status: "waiting" | "claimed" | "delivering" | "succeeded" | "failed";
  attempts: number;
  waitingFor: string | null;
  /** Not carried out before. */
  notBefore: Instant | null;
  lastError: string | null;
  hashMismatch: boolean;
  startedAt: Instant | null;
  finishedAt: Instant | null;
}

/** How this agent's drafts of this action type fared in the last 90 days. */
export interface AgentRecord {
  days: number;
  submitted: number;
  approved: number;
  edited: number;
  rejected: number;
  changesRequested: number;
  automatic: number;
  failed: number;
}

/** A fact when the draft was classified and now; null where it is unknown. */
export interface FactChange {
  fact: string;
  before: unknown;
  now: unknown;
  source: string | null;
}

/** The draft that this one answers: what its approver asked for, and what the agent made of it. */
export interface Revision {
  /** Of the former draft. */
  draftId: string;
  askedBy: string | null;
  askedAt: Instant | null;
  comment: string | null;
  /** The fields of the payload that were asked to change, as JSON Pointers. */
  fields: string[];
  /** From the former payload to this one, field by field. */
  differences: { path: string; from: unknown; to: unknown }[];
}

/** Everything on the review screen, and the hash that a decision must name. */
export interface ReviewScreen {
  draft: {
    id: string;
    status: DraftStatus;
    version: number;
    actionType: string;
    title: string;
    tier: Tier;
    /** Null for what is prohibited: nobody is asked. */
    route: Route | null;
    summary: string;
    reasoning: string | null;
    confidence: number | null;
    expectedOutcome: string | null;
    requestedBy: string | null;
    subject: { type: string; id: string };
    agent: { id: string; name: string; ownerName: string };
    externalId: string | null;
    amount: number | null;
    currency: string | null;
    payload: Record<string, unknown>;
    payloadHash: string;
    /** What was decided, once it was; differs from `payload` after an edit. */
    decidedPayload: Record<string, unknown> | null;
    decidedPayloadHash: string | null;
    createdAt: Instant;
    dueAt: Instant | null;
    deadline: Instant | null;
    closedAt: Instant | null;
    revisesId: string | null;
    revisedById: string | null;
    /** For what ran by itself: whether somebody is to look at it, or has. */
    afterReview: "waiting" | "upheld" | "overturned" | null;
  };
  /** Decided elsewhere, before Countersign, and brought in. */
  imported: boolean;
  payloadSchema: Record<string, unknown>;
  attributes: PolicyAttributes;
  executor: "agent" | "webhook";
  classification: Classification;
  policy: {
    versionId: string;
    excerpt: { heading: string; text: string } | null;
    /** The rule as the file has it, for showing beside the excerpt. */
    ruleSource: unknown;
  };
  why: {
    /** May the viewer decide this draft now? */
    eligible: boolean;
    /** One sentence: why they may, or why not. */
    sentence: string;
    approverRule: string | null;
    approvalsRequired: number;
    approvalsGiven: number;
    escalationLevel: number;
    escalatesTo: string | null;
    /** What the last lapse of the chain leads to. */
    onTimeout: "deny" | "hold";
    /** Who else may decide it now: how many, and the first of them by name. */
    othersInAll: number;
    others: { id: string; name: string; onBehalfOf: string | null }[];
    /** Fewer people may decide it than have to approve; `passedOver` says why each is not asked. */
    tooFew: boolean;
    passedOver: { who: string; because: string }[];
  };
  /** Facts that are not what they were when the draft was classified. */
  factChanges: FactChange[];
  /** Null where the draft answers no request for changes. */
  revision: Revision | null;
  evidence: EvidenceView[];
  precedents: PrecedentView[];
  /** Set once a person has decided: the precedents are those that were on their screen. `gone` were taken back since. */
  precedentsSeen: { by: string; gone: number } | null;
  agentRecord: AgentRecord;
  decisions: DecisionView[];
  execution: ExecutionView | null;
  /** Null for a draft that is no check, and for one that the viewer may not know to be one. */
  check: CheckView | null;
  /** Until when the viewer may take back what they decided last; null when they cannot. */
  undoUntil: Instant | null;
  /** Whoever approves after less than this is asked once more; 0 where the policy asks for nothing. */
  minReadingSeconds: number;
  screenHash: string;
}

/** What somebody is told who has just decided a check of their attention. */
export interface CheckResult {
  /** They rejected it or asked for changes; otherwise they approved it, and nothing came of that. */
  caught: boolean;
  /** Why it ought to be rejected, to follow "because". */
  because: string;
}

/** That a draft is a check of attention, for those who may know. */
export interface CheckView {
  because: string;
  /** Null while it waits; `lapsed` when nobody decided it in time. */
  outcome: "caught" | "missed" | "lapsed" | null;
  decidedBy: string | null;
  endedAt: Instant | null;
}

/** What a decision leads to, for the screen to say. */
export interface DecisionResult {
  draftId: string;
  status: DraftStatus;
  tier: Tier;
  /** Set when an edit raised the tier or changed the approver: the draft waits for somebody else now. */
  movedTo: { approverRule: string; reason: string } | null;
  /** Set when more approvals are needed before it executes. */
  approvalsMissing: number;
  /** Until then the decision can be taken back; null when it cannot. */
  undoUntil: Instant | null;
  /** Set when it was a check of attention: nothing else came of it. */
  check?: CheckResult;
}

/** One line of a draft's trail. */
export interface TrailEntry {
  id: string;
  verb: string;
  occurredAt: Instant;
  actor: string;
  sentence: string;
  event: Record<string, unknown>;
}
