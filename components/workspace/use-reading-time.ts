"use client";

import { useEffect } from "react";

/** Milliseconds that each draft was before this person's eyes, going back and forth included. */
const read = new Map<string, number>();
let open: { id: string; since: number } | null = null;

const bank = () => {
  if (!open) return;
  const now = performance.now();
  read.set(open.id, (read.get(open.id) ?? 0) + now - open.since);
  open.since = now;
};

/** Whole seconds the draft has been on the screen, with the page visible. */
export function secondsOnScreen(id: string): number {
  bank();
  return Math.floor((read.get(id) ?? 0) / 1000);
}

/** Counts the time that a draft is on the screen; a page in the background does not count. */
export function useReadingTime(id: string): void {
  useEffect(() => {
    const turn = () => {
      bank();
      open = document.visibilityState === "visible" ? { id, since: performance.now() } : null;
    };
    turn();
    document.addEventListener("visibilitychange", turn);
    return () => {
      document.removeEventListener("visibilitychange", turn);
      bank();
      open = null;
    };
  }, [id]);
}
