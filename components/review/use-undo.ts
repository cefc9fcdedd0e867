"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { call } from "@/components/shell/call";
import { useToast } from "@/components/ui/toasts";
import type { View } from "@/components/workspace/view";
import { useWorkspace } from "@/components/workspace/workspace-provider";

interface Undo {
  /** Takes one decision back: the item is in the queue again and on the screen, or a message says why it cannot be. */
  takeBack: (draftId: string) => Promise<void>;
  /** The same for what was decided last in this tab, also while the server's answer is on its way. */
  undoLast: () => Promise<void>;
}

/** Undoing, as long as the server lets. */
export function useUndo(navigate: (view: Partial<View>) => void): Undo {
  const { store, fetchScreen, resync, navigator } = useWorkspace();
  const router = useRouter();
  const showToast = useToast();
  const takeBack = useCallback(
    async (draftId: string) => {
      const answer = await call(`/console/drafts/${encodeURIComponent(draftId)}/undo`, {});
      if (!answer.ok) {
        showToast({ tone: "bad", title: "Not taken back", body: answer.message });
        return;
      }
      store.noteDecision(Promise.resolve(null));
      store.restore(draftId, null);
      store.forgetScreen(draftId);
      await fetchScreen(draftId);
      resync();
      showToast({ tone: "good", title: "Taken back: it waits for a decision again" });
      // Whoever has gone on to another page meanwhile comes back to it.
      if (navigator.current) navigate({ id: draftId });
      else router.push(`/inbox/${encodeURIComponent(draftId)}`);
    },
    [store, fetchScreen, resync, showToast, navigate, navigator, router],
  );
  const undoLast = useCallback(async () => {
    const last = await store.lastDecision;
    if (last && last.until > Date.now()) return takeBack(last.id);
    showToast({
      tone: "info",
      title: "Nothing to undo",
      body: "A refusal can be taken back for ten seconds, an approval for as long as its policy says.",
    });
  }, [store, takeBack, showToast]);
  return { takeBack, undoLast };
}
