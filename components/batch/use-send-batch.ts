"use client";

import { useCallback, useRef, useState } from "react";
import { ulid } from "ulid";
import { call } from "@/components/shell/call";
import { useToast } from "@/components/ui/toasts";
import type { Timed } from "@/components/workspace/timed";
import { useWorkspace } from "@/components/workspace/workspace-provider";
import type { ActionFailure } from "@/lib/adapters/action";
import type { BatchDecisionInput } from "@/lib/drafts/batch/decide-batch";
import type { BatchResult } from "@/lib/drafts/batch/types";
import type { UndoResult } from "@/lib/drafts/batch/undo-batch";
import { countOf, resultLine, undoLabel, whatFollows, whyKept } from "./batch-words";

/** So many go in one request, so that how far it is can be said. All of them share the batch. */
const SLICE = 5;
/** The message leaves then; the bar goes on offering it for as long as there is time. */
const MOST_UNDO_MS = 15_000;
/** What is said of a check wants reading. */
const CHECK_READ_MS = 60_000;
/** Whoever decided it: it waits for this person no more. */
const GONE = new Set(["conflict", "not_pending", "not_found", "not_eligible"]);

type Decision = BatchDecisionInput["items"][number];

interface Sent {
  batchId: string;
  /** By this browser's clock, milliseconds. */
  until: number;
}

/**
 * Sends a batch, slice by slice, and takes it back. `onResults` gets what came of each draft; when the server cannot be
 * reached in between, the same batch can be sent again, which decides nothing twice.
 */
export function useSendBatch(onResults: (results: BatchResult[]) => void, onUndone: () => void) {
  const { store, resync } = useWorkspace();
  const showToast = useToast();
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null);
  const [last, setLast] = useState<Sent | null>(null);
  const handlers = useRef({ onResults, onUndone });
  handlers.current = { onResults, onUndone };

  const undo = useCallback(
    async (batchId: string) => {
      setLast(null);
      const answer = await call<Timed<{ results: UndoResult[] }>>("/console/batch/undo", { batchId });
      if (!answer.ok) {
        showToast({ tone: "bad", title: "Not taken back", body: answer.message });
        return;
      }
      const taken = answer.data.results.filter(({ ok }) => ok);
      const kept = answer.data.results.flatMap((result) => (result.ok ? [] : [result]));
      for (const { draftId } of taken) {
        store.restore(draftId, null);
        store.forgetScreen(draftId);
      }
      resync();
      showToast({
        tone: kept.length > 0 ? "bad" : "good",
        title:
          taken.length > 0
            ? `${countOf(taken.length)} taken back: ${taken.length === 1 ? "it waits" : "they wait"} for a decision again`
            : "Nothing was taken back",
        body: whyKept(kept),
      });
      handlers.current.onUndone();
    },
    [resync, showToast, store],
  );

  const send = useCallback(
    async (items: Decision[], confirmedQuick: boolean, batchId = ulid()): Promise<void> => {
      const results: BatchResult[] = [];
      let readAt = Date.now();
      let failure: ActionFailure | null = null;
      setProgress({ done: 0, total: items.length });
      for (let from = 0; from < items.length && !failure; from += SLICE) {
        const slice = items.slice(from, from + SLICE);
        const answer = await call<Timed<{ results: BatchResult[] }>>("/console/batch/decide", {
          batchId,
          items: slice,
          confirmedQuick,
        });
        if (answer.ok) {
          results.push(...answer.data.results);
          readAt = answer.data.readAt;
          setProgress({ done: from + slice.length, total: items.length });
        } else failure = answer;
      }
      setProgress(null);
      for (const result of results) {
        store.forgetScreen(result.draftId);
        if (result.ok || GONE.has(result.code)) store.settle(result.draftId, readAt);
      }
      const undoUntil = results.flatMap((result) =>
        result.ok && result.undoUntil ? [Date.parse(result.undoUntil)] : [],
      );
      const undoFor = undoUntil.length > 0 ? Math.max(...undoUntil) - readAt : 0;
      if (undoFor > 0) setLast({ batchId, until: Date.now() + undoFor });
      if (failure) {
        showToast({
          tone: "bad",
          title: `${results.length} of ${items.length} sent`,
          body: failure.message,
          action: { label: "Send again", run: () => void send(items, confirmedQuick, batchId) },
        });
      } else {
        showToast({
          tone: results.some(({ ok }) => ok) ? "good" : "bad",
          title: resultLine(results),
          body: whatFollows(results),
          durationMs:
            undoFor > 0
              ? Math.min(undoFor, MOST_UNDO_MS)
              : results.some((result) => result.ok && result.check)
                ? CHECK_READ_MS
                : undefined,
          ...(undoFor > 0
            ? {
                action: { label: undoLabel(undoUntil.length, results.length), run: () => void undo(batchId) },
              }
            : {}),
        });
      }
      handlers.current.onResults(results);
    },
    [showToast, store, undo],
  );

  const undoLast = useCallback(async () => {
    if (last && last.until > Date.now()) return undo(last.batchId);
    showToast({
      tone: "info",
      title: "Nothing to undo",
      body: "A refusal can be taken back for ten seconds, an approval for as long as its policy says.",
    });
  }, [last, undo, showToast]);

  return { send, undoLast, progress, undoUntil: last?.until ?? null };
}
