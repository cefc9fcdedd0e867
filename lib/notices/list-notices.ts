import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import type { Route } from "@/lib/drafts/types";
import { countUnread } from "./count-unread";
import type { NoticeKind } from "./notice";

export interface ListedNotice {
  id: string;
  kind: NoticeKind;
  text: string;
  draftId: string | null;
  /** The agent's words; null for a notice that is about no draft. */
  summary: string | null;
  /** Which way its draft goes now. */
  route: Route | null;
  /** The hold that it is about, where it is about one. */
  holdId: string | null;
  createdAt: string;
  isRead: boolean;
}

interface Row {
  id: string;
  kind: NoticeKind;
  text: string;
  draft_id: string | null;
  summary: string | null;
  route: Route | null;
  dedupe_key: string;
  created_at: Date;
  is_read: boolean;
}

const MOST = 100;

/** What a person was told: what they have not read first, then the newest, at most a hundred; `unread` stops there too. */
export async function listNotices(
  ctx: Context<PersonActor>,
): Promise<{ notices: ListedNotice[]; unread: number; readAt: string }> {
  const { personId } = requirePermission(ctx.actor, "inbox.read");
  const [rows, unread] = await Promise.all([
    ctx.db.rows<Row>(sql`
      WITH unread AS (
        SELECT id, kind, text, draft_id, dedupe_key, created_at, false AS is_read FROM notice
        WHERE person_id = ${personId} AND read_at IS NULL ORDER BY created_at DESC, id DESC LIMIT ${MOST}
      ), read AS (
        SELECT id, kind, text, draft_id, dedupe_key, created_at, true AS is_read FROM notice
        WHERE person_id = ${personId} AND read_at IS NOT NULL ORDER BY created_at DESC, id DESC LIMIT ${MOST}
      )
      SELECT told.*, draft.summary, draft.route FROM (TABLE unread UNION ALL TABLE read) AS told
      LEFT JOIN draft ON draft.id = told.draft_id
      ORDER BY is_read, created_at DESC, id DESC LIMIT ${MOST}`),
    countUnread(ctx),
  ]);
  return {
    notices: rows.map(({ draft_id, dedupe_key, created_at, is_read, ...row }) => ({
      ...row,
      draftId: draft_id,
      holdId: row.kind === "hold" && dedupe_key.startsWith("hld_") ? dedupe_key : null,
      createdAt: created_at.toISOString(),
      isRead: is_read,
    })),
    unread,
    // Whoever wrote the newest may have a clock that is ahead of this one.
    readAt: new Date(
      Math.max(ctx.now().getTime(), ...rows.map(({ created_at }) => created_at.getTime())),
    ).toISOString(),
  };
}
