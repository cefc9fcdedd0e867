import { type Statement, sql } from "@/lib/db/sql";
import type { DraftStatus, Route, Tier } from "@/lib/drafts/types";
import type { RequestStatus } from "./request";

/** A request as whoever made it sees it. Times are ISO 8601 in UTC. */
export interface RequestAnswer {
  id: string;
  action_type: string;
  subject: { type: string; id: string };
  external_id: string | null;
  status: RequestStatus;
  /** Counts the changes of the request. */
  version: number;
  /** The draft that it became. */
  draft_id: string | null;
  draft: { status: DraftStatus; tier: Tier; route: Route | null; summary: string } | null;
  /** What holds it up, and when it is tried again. */
  waiting: { because: string; until: string } | null;
  /** Why nothing came of it. */
  error: { code: string; message: string } | null;
  model: string | null;
  /** How often the model was asked, and what that took in all. */
  attempts: number;
  tokens: { prompt: number; completion: number };
  created_at: string;
  finished_at: string | null;
}

export interface RequestRow {
  id: string;
  action_type: string;
  subject_type: string;
  subject_id: string;
  external_id: string | null;
  status: RequestStatus;
  version: number;
  draft_id: string | null;
  draft: RequestAnswer["draft"];
  trouble: string | null;
  retry_at: Date | null;
  error_code: string | null;
  error: string | null;
  model: string | null;
  attempts: number;
  prompt_tokens: number;
  completion_tokens: number;
  created_at: Date;
  finished_at: Date | null;
}

/** What of `request`, a row of draft_request, makes its answer. */
export const answerColumns: Statement = sql`
  request.id, request.action_type, request.subject_type, request.subject_id, request.external_id, request.status,
  request.version, request.draft_id, request.trouble, request.retry_at, request.error_code, request.error, request.model,
  request.attempts, request.prompt_tokens, request.completion_tokens, request.created_at, request.finished_at,
  (SELECT json_build_object('status', draft.status, 'tier', draft.tier, 'route', draft.route, 'summary', draft.summary)
   FROM draft WHERE draft.id = request.draft_id) AS draft`;

export const requestAnswer = (row: RequestRow): RequestAnswer => ({
  id: row.id,
  action_type: row.action_type,
  subject: { type: row.subject_type, id: row.subject_id },
  external_id: row.external_id,
  status: row.status,
  version: row.version,
  draft_id: row.draft_id,
  draft: row.draft,
  waiting:
    row.status === "writing" && row.trouble !== null && row.retry_at !== null
      ? { because: row.trouble, until: row.retry_at.toISOString() }
      : null,
  error: row.error_code === null ? null : { code: row.error_code, message: row.error ?? "" },
  model: row.model,
  attempts: row.attempts,
  tokens: { prompt: row.prompt_tokens, completion: row.completion_tokens },
  created_at: row.created_at.toISOString(),
  finished_at: row.finished_at?.toISOString() ?? null,
});
