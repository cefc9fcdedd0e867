"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { useQueueStore } from "@/components/inbox/queue-store";
import { useToast } from "@/components/ui/toasts";
import type { ActionResult } from "@/lib/adapters/action";
import type { Queue } from "@/lib/drafts/types";

export type Undo = (input: { draftId: string }) => Promise<ActionResult<{ draftId: string }>>;

/** Takes an approval back: the item is in the queue again and on the screen, or a message says why it cannot be. */
export function useUndo(queue: Queue, undo: Undo) {
  const router = useRouter();
  const store = useQueueStore();
  const showToast = useToast();
  return useCallback(
    async (draftId: string) => {
      const result = await undo({ draftId }).catch(() => null);
      if (!result?.ok) {
        const body = result?.message ?? "The server could not be reached. It may still be carried out.";
        showToast({ tone: "bad", title: "Not taken back", body });
        return;
      }
      store.restore(draftId, null);
      showToast({ tone: "good", title: "Taken back: it waits for a decision again" });
      router.push(`/inbox/${draftId}?queue=${queue}`);
      router.refresh();
    },
    [queue, router, showToast, store, undo],
  );
}
