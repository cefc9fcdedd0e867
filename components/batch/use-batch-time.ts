"use client";

import { useCallback, useEffect, useRef } from "react";

/**
 * For how long each draft of a batch has been looked at, in whole seconds: while the table is on the screen and the page
 * visible, the time is shared out evenly among its rows; while one is open, all of it is that one's own.
 */
export function useBatchTime(readAt: number, ids: readonly string[], openId: string | null) {
  const shared = useRef(0);
  const own = useRef(new Map<string, number>());
  const since = useRef<{ at: number; id: string | null } | null>(null);
  const count = useRef(ids.length);

  const bank = useCallback(() => {
    if (!since.current) return;
    const now = performance.now();
    const { at, id } = since.current;
    if (id === null) shared.current += now - at;
    else own.current.set(id, (own.current.get(id) ?? 0) + now - at);
    since.current = { at: now, id };
  }, []);

  // Another batch begins at nothing.
  const before = useRef(readAt);
  useEffect(() => {
    if (before.current === readAt) return;
    before.current = readAt;
    bank();
    shared.current = 0;
    own.current.clear();
  }, [readAt, bank]);
  useEffect(() => {
    count.current = ids.length;
  });
  useEffect(() => {
    const turn = () => {
      bank();
      since.current = document.visibilityState === "visible" ? { at: performance.now(), id: openId } : null;
    };
    turn();
    document.addEventListener("visibilitychange", turn);
    return () => {
      document.removeEventListener("visibilitychange", turn);
      bank();
      since.current = null;
    };
  }, [openId, bank]);

  return useCallback(
    (id: string): number => {
      bank();
      const millis = shared.current / Math.max(count.current, 1) + (own.current.get(id) ?? 0);
      return Math.floor(millis / 1000);
    },
    [bank],
  );
}
