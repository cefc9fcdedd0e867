"use client";

import { useEffect } from "react";
import type { Timed } from "@/components/workspace/timed";
import { useInboxState, useWorkspace } from "@/components/workspace/workspace-provider";
import type { InboxPage } from "@/lib/drafts/types";
import { badgedTitle } from "./badged-title";
import { call } from "./call";

/** The inbox brings its counts with it. */
const WAIT_FOR_INBOX_MS = 1_000;

/** Keeps how much waits for a decision in the window's title, whatever page it is and whatever title comes. */
export function TitleBadge() {
  const { store } = useWorkspace();
  const { counts, countLimit } = useInboxState();
  const isCounted = counts !== null;
  useEffect(() => {
    if (isCounted) return;
    // From here on the queue is kept up to date, and its counts with it.
    const timer = setTimeout(async () => {
      const answer = await call<Timed<InboxPage>>("/console/inbox?queue=batch");
      if (answer.ok) store.receiveFirst(answer.data);
    }, WAIT_FOR_INBOX_MS);
    return () => clearTimeout(timer);
  }, [isCounted, store]);

  const waiting = counts ? counts.batch + counts.named : 0;
  useEffect(() => {
    const write = () => {
      const wanted = badgedTitle(document.title, waiting, Math.max(countLimit - 1, 0));
      if (document.title !== wanted) document.title = wanted;
    };
    write();
    const observer = new MutationObserver(write);
    observer.observe(document.head, { childList: true, characterData: true, subtree: true });
    return () => observer.disconnect();
  }, [waiting, countLimit]);
  return null;
}
