import { toldToAgents } from "@/lib/holds/overturned-reason";
import type { DraftStatus, Route, Tier } from "./types";

/** What `POST /drafts` answers, and answers again for the same idempotency key. */
export interface SubmissionAnswer {
  id: string;
  status: DraftStatus;
  tier: Tier;
  route: Route | null;
  rule: string;
  reasons: string[];
  due_at: string | null;
  payload_hash: string;
}

/** Shapes the answer; times are ISO 8601 in UTC. */
export function submissionAnswer(
  draft: Omit<SubmissionAnswer, "due_at" | "payload_hash"> & { dueAt: Date | null; payloadHash: string },
): SubmissionAnswer {
  const { id, status, tier, route, rule, reasons, dueAt, payloadHash } = draft;
  return {
    id,
    status,
    tier,
    route,
    rule,
    reasons: reasons.map(toldToAgents),
    due_at: dueAt?.toISOString() ?? null,
    payload_hash: payloadHash,
  };
}
