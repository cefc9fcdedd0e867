"use client";

import { useEffect } from "react";
import { call } from "@/components/shell/call";
import { useWorkspace } from "@/components/workspace/workspace-provider";
import type { Present } from "@/lib/live/presence";

/** Whoever only passes by is not there. */
const DWELL_MS = 700;
const EVERY_MS = 10_000;
const PATH = "/console/presence";

/** Lets the others know that this person has the draft open, for as long as the page is visible. */
export function usePresence(draftId: string, isWanted: boolean): void {
  const { store } = useWorkspace();
  useEffect(() => {
    if (!isWanted) return;
    let isSaid = false;
    const say = async () => {
      if (document.visibilityState !== "visible") return;
      isSaid = true;
      const answer = await call<{ others: Present[] }>(PATH, { draftId, open: true });
      if (answer.ok) store.receivePresent({ ...store.state.present, [draftId]: answer.data.others });
    };
    const leave = () => {
      if (isSaid) void call(PATH, { draftId, open: false }, { keepalive: true });
      isSaid = false;
    };
    const turn = () => (document.visibilityState === "visible" ? void say() : leave());
    const first = setTimeout(() => void say(), DWELL_MS);
    const timer = setInterval(() => void say(), EVERY_MS);
    document.addEventListener("visibilitychange", turn);
    window.addEventListener("pagehide", leave);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
      document.removeEventListener("visibilitychange", turn);
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [draftId, isWanted, store]);
}
