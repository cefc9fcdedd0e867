import { z } from "zod";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { readCursor, writeCursor } from "@/lib/drafts/cursor";
import { titleOf } from "@/lib/drafts/title-of";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import type { DraftRequest } from "./request";
import { answerColumns, type RequestAnswer, type RequestRow, requestAnswer } from "./request-answer";
import { requesterOf } from "./requester";

const inputSchema = z.strictObject({ cursor: z.string().max(500).optional() });
const PAGE = 20;

/** A person's own request, with what they typed, so that they can try it again. */
export interface OwnRequest extends RequestAnswer {
  title: string;
  text: string;
  records: DraftRequest["records"];
}

export interface OwnRequestsPage {
  requests: OwnRequest[];
  nextCursor: string | null;
}

type OwnRow = RequestRow & Pick<OwnRequest, "text" | "records">;

/** The signed-in person's own requests, newest first, a page at a time. @throws CountersignError `forbidden`. */
export async function listDraftRequests(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<OwnRequestsPage> {
  const requester = requesterOf(ctx.actor, "drafts:read");
  const before = readCursor(parseInput(inputSchema, input).cursor);
  const rows = await ctx.db.rows<OwnRow>(sql`
    SELECT ${answerColumns}, request.text, request.records FROM draft_request AS request
    WHERE request.requester = ${requester.id}
      AND (${before?.id ?? null}::text IS NULL
           OR (request.created_at, request.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}))
    ORDER BY request.created_at DESC, request.id DESC LIMIT ${PAGE + 1}`);
  const page = rows.slice(0, PAGE);
  const last = page.at(-1);
  return {
    requests: page.map((row) => toOwnRequest(ctx, row)),
    nextCursor: rows.length > PAGE && last ? writeCursor(last.created_at, last.id) : null,
  };
}

/** One of the signed-in person's own requests. @throws CountersignError `not_found`, `forbidden`. */
export async function getOwnRequest(ctx: Context<PersonActor>, id: string): Promise<OwnRequest> {
  const requester = requesterOf(ctx.actor, "drafts:read");
  const row = await ctx.db.row<OwnRow>(sql`
    SELECT ${answerColumns}, request.text, request.records FROM draft_request AS request
    WHERE request.id = ${id} AND request.requester = ${requester.id}`);
  if (!row) throw new CountersignError("not_found", "You made no such request.");
  return toOwnRequest(ctx, row);
}

const toOwnRequest = (ctx: Pick<Context, "policies">, row: OwnRow): OwnRequest => ({
  ...requestAnswer(row),
  title: titleOf(ctx.policies.get(row.action_type), row.action_type),
  text: row.text,
  records: row.records,
});
