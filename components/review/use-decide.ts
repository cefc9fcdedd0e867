"use client";

import { useCallback } from "react";
import { call } from "@/components/shell/call";
import { useToast } from "@/components/ui/toasts";
import type { Timed } from "@/components/workspace/timed";
import { secondsOnScreen } from "@/components/workspace/use-reading-time";
import { pathOf, type View } from "@/components/workspace/view";
import { useWorkspace } from "@/components/workspace/workspace-provider";
import type { ActionFailure } from "@/lib/adapters/action";
import type { DecisionResult, ReviewScreen, Verdict } from "@/lib/drafts/types";
import { checkMessage } from "./check-message";
import { useUndo } from "./use-undo";

/** What follows from it; null where nothing is to be said. */
export type Decided = Pick<DecisionResult, "movedTo" | "approvalsMissing" | "undoUntil" | "check"> & {
  /** The hold that was placed on its rule because of it. */
  holdId?: string | null;
};

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

interface Said {
  reason?: string;
  /** What of the payload should change. */
  fields?: string[];
  payload?: Record<string, unknown>;
  /** They were told that they are quicker than the policy asks. */
  confirmedQuick?: boolean;
  leave: () => void;
}

/**
 * Sends a decision. The item leaves the queue and `leave` runs at once; the server's answer follows as a message, and
 * a refusal brings the item back with what was typed. Resolves to the failure, or null when it was decided.
 */
export function useDecide(screen: ReviewScreen, view: View, navigate: (view: Partial<View>) => void) {
  const { store, fetchScreen } = useWorkspace();
  const showToast = useToast();
  const { takeBack } = useUndo(navigate);
  const { id, summary } = screen.draft;

  return useCallback(
    async (
      verdict: Verdict,
      { reason = "", fields = [], payload, confirmedQuick, leave }: Said,
    ): Promise<ActionFailure | null> => {
      // An edit is answered before the screen moves on: the server may find fault with a field.
      const isOptimistic = payload === undefined;
      // A batch is read anew on the way back to it: what was decided must not be among it any more.
      const leavesAtOnce = isOptimistic && view.from !== "batch";
      const isAfter = verdict === "uphold" || verdict === "overturn";
      const answer = call<Timed<Decided>>(`/console/drafts/${encodeURIComponent(id)}/decide`, {
        verdict,
        ...(reason ? { reason } : {}),
        ...(fields.length > 0 ? { fields } : {}),
        ...(payload ? { payload } : {}),
        ...(confirmedQuick ? { confirmedQuick } : {}),
        screenHash: screen.screenHash,
        precedentIds: screen.precedents.map(({ exampleId }) => exampleId),
        secondsOnScreen: secondsOnScreen(id),
      });
      if (isOptimistic) store.hide(id);
      if (leavesAtOnce) leave();
      if (!isAfter) {
        store.noteDecision(
          answer.then((given) =>
            given.ok && given.data.undoUntil
              ? { id, until: Date.now() + Date.parse(given.data.undoUntil) - given.data.readAt }
              : null,
          ),
        );
      }
      const result = await answer;

      if (result.ok) {
        const { undoUntil, readAt } = result.data;
        store.settle(id, readAt);
        store.forgetScreen(id);
        const undoFor = undoUntil ? Date.parse(undoUntil) - readAt : 0;
        const { check, holdId } = result.data;
        if (check) {
          showToast(checkMessage(check));
          if (!leavesAtOnce) leave();
          return null;
        }
        showToast({
          tone: "good",
          title: `${DONE[verdict]} · ${summary}`,
          body: whatFollows(result.data),
          ...(undoFor > 0
            ? {
                action: { label: "Undo", run: () => void takeBack(id) },
                durationMs: Math.min(undoFor, MOST_UNDO_MS),
              }
            : {}),
          ...(holdId
            ? {
                action: {
                  label: "What else ran under it",
                  run: () => window.location.assign(`/organisation/holds/${encodeURIComponent(holdId)}`),
                },
                durationMs: MOST_UNDO_MS,
              }
            : {}),
        });
        if (!leavesAtOnce) leave();
        return null;
      }
      const title = `Not ${DONE[verdict].toLowerCase()} · ${summary}`;
      if (GONE.has(result.code)) {
        store.settle(id, Date.now());
        store.forgetScreen(id);
        showToast({ tone: "bad", title, body: result.message });
        if (!leavesAtOnce) leave();
        return result;
      }
      store.restore(id, { verdict, reason });
      if (result.code === "screen_moved") void fetchScreen(id);
      if (result.code === "unauthenticated") {
        showToast({
          tone: "bad",
          title,
          body: "Your session has ended. What you typed is kept.",
          action: {
            label: "Sign in again",
            run: () => window.location.assign(`/sign-in?to=${encodeURIComponent(pathOf({ ...view, id }))}`),
          },
        });
      } else if (isOptimistic || result.code === "screen_moved") {
        showToast({
          tone: "bad",
          title,
          body: result.message,
          action: {
            label: result.code === "screen_moved" ? "Look at it as it is now" : "Back to it",
            run: () => navigate({ id }),
          },
        });
      }
      return result;
    },
    [fetchScreen, id, navigate, screen, showToast, store, summary, takeBack, view],
  );
}

/** The message leaves then; the review screen goes on offering it for as long as the policy gives. */
const MOST_UNDO_MS = 15_000;

function whatFollows({ movedTo, approvalsMissing, holdId }: Decided): string | undefined {
  if (movedTo) return `The edit goes on to ${movedTo.approverRule}: ${movedTo.reason}.`;
  if (approvalsMissing > 0) {
    return `${approvalsMissing} more ${approvalsMissing === 1 ? "approval is" : "approvals are"} needed.`;
  }
  return holdId ? "What its rule lets run by itself is held back to review now." : undefined;
}
