"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { type Timed, useQueueStore } from "@/components/inbox/queue-store";
import { useToast } from "@/components/ui/toasts";
import type { ActionFailure, ActionResult } from "@/lib/adapters/action";
import type { DecisionResult, Queue, ReviewScreen, Verdict } from "@/lib/drafts/types";
import { type Undo, useUndo } from "./use-undo";

export interface DecisionRequest {
  draftId: string;
  verdict: Verdict;
  reason?: string;
  payload?: Record<string, unknown>;
  screenHash: string;
  precedentIds: string[];
}

/** What follows from it; null where nothing is to be said. */
export type Decided = Pick<DecisionResult, "movedTo" | "approvalsMissing" | "undoUntil"> & {
  /** The rule is held back to review because of it. */
  holds?: boolean;
};
export type Decide = (input: DecisionRequest) => Promise<ActionResult<Timed<Decided>>>;

export const DONE: Record<Verdict, string> = {
  approve: "Approved",
  edit_and_approve: "Edited and approved",
  reject: "Rejected",
  request_changes: "Changes asked for",
  uphold: "Upheld",
  overturn: "Overturned",
};

/** The draft is out of the queue whoever decided it: bringing it back would only be in the way. */
const GONE = new Set<ActionFailure["code"]>(["conflict", "not_pending", "not_found"]);

/**
 * Sends a decision. The item leaves the queue and `leave` runs at once; the server's answer follows as a message, and
 * a refusal brings the item back with what was typed. Resolves to the failure, or null when it was decided.
 */
export function useDecide(screen: ReviewScreen, queue: Queue, decide: Decide, undo: Undo) {
  const router = useRouter();
  const store = useQueueStore();
  const showToast = useToast();
  const takeBack = useUndo(queue, undo);
  const { id, summary } = screen.draft;

  return useCallback(
    async (
      verdict: Verdict,
      {
        reason = "",
        payload,
        leave,
      }: { reason?: string; payload?: Record<string, unknown>; leave: () => void },
    ): Promise<ActionFailure | null> => {
      // An edit is answered before the screen moves on: the server may find fault with a field.
      const isOptimistic = payload === undefined;
      store.hide(id);
      const answer = decide({
        draftId: id,
        verdict,
        ...(reason ? { reason } : {}),
        ...(payload ? { payload } : {}),
        screenHash: screen.screenHash,
        precedentIds: screen.precedents.map(({ exampleId }) => exampleId),
      }).catch((): ActionFailure => UNREACHABLE);
      if (isOptimistic) leave();
      const result = await answer;

      if (result.ok) {
        store.settle(id, result.data.readAt);
        const { undoUntil, readAt } = result.data;
        showToast({
          tone: "good",
          title: `${DONE[verdict]} · ${summary}`,
          body: whatFollows(result.data),
          ...(undoUntil
            ? {
                action: { label: "Undo", run: () => void takeBack(id) },
                durationMs: Math.min(Date.parse(undoUntil) - readAt, MOST_UNDO_MS),
              }
            : {}),
        });
        if (!isOptimistic) leave();
        // The next one may have been fetched before this was decided: this is a precedent for it now.
        router.refresh();
        return null;
      }
      if (GONE.has(result.code)) {
        store.settle(id, Date.now());
        showToast({
          tone: "bad",
          title: `Not ${DONE[verdict].toLowerCase()} · ${summary}`,
          body: result.message,
        });
        if (!isOptimistic) leave();
        return result;
      }
      store.restore(id, { verdict, reason });
      if (isOptimistic || result.code === "screen_moved") {
        showToast({
          tone: "bad",
          title: `Not ${DONE[verdict].toLowerCase()} · ${summary}`,
          body: result.message,
          action: {
            label: result.code === "screen_moved" ? "Look at it as it is now" : "Back to it",
            run: () => {
              router.push(`/inbox/${id}?queue=${queue}`);
              router.refresh();
            },
          },
        });
      }
      return result;
    },
    [decide, id, queue, router, screen, showToast, store, summary, takeBack],
  );
}

/** The message leaves then; the review screen goes on offering it for as long as the policy gives. */
const MOST_UNDO_MS = 15_000;

const UNREACHABLE: ActionFailure = {
  ok: false,
  code: "unavailable",
  message: "The server could not be reached, so this may not be decided. What you typed is kept.",
};

function whatFollows({ movedTo, approvalsMissing, holds }: Decided): string | undefined {
  if (movedTo) return `The edit goes on to ${movedTo.approverRule}: ${movedTo.reason}.`;
  if (approvalsMissing > 0) {
    return `${approvalsMissing} more ${approvalsMissing === 1 ? "approval is" : "approvals are"} needed.`;
  }
  return holds ? "What its rule lets run by itself is held back to review now." : undefined;
}
