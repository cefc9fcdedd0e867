"use client";

import { useEffect } from "react";
import type { VisibleItems } from "@/components/workspace/use-visible-items";
import { useInboxState, useWorkspace } from "@/components/workspace/workspace-provider";
import type { Neighbours } from "./use-neighbours";

/** So many of those that come next are read before they are wanted. */
const AHEAD = 3;
/** The item that was opened is on the screen by then. */
const AFTER_PAINT_MS = 80;
/** After a decision, what was read before it is read anew: the decision is a precedent now. */
const SETTLE_MS = 600;

/** Reads the screens around the open one, so that going on takes no time. */
export function useAhead(id: string, { items }: VisibleItems, { nextId, previousId }: Neighbours): void {
  const { store, fetchScreen } = useWorkspace();
  const { settledAt } = useInboxState();
  const from = items.findIndex((item) => item.id === nextId);
  const wanted = [
    ...(from === -1 ? [] : items.slice(from, from + AHEAD).map((item) => item.id)),
    ...(previousId ? [previousId] : []),
  ].join(" ");

  useEffect(() => {
    let isLeft = false;
    const timer = setTimeout(async () => {
      for (const other of wanted.split(" ")) {
        if (isLeft) return;
        if (other && !store.state.screens.has(other)) await fetchScreen(other);
      }
    }, AFTER_PAINT_MS);
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [wanted, store, fetchScreen]);

  useEffect(() => {
    const timer = setTimeout(() => {
      for (const other of [id, ...wanted.split(" ")]) {
        const known = store.state.screens.get(other);
        if (known && known.readAt < settledAt) void fetchScreen(other);
      }
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [settledAt, id, wanted, store, fetchScreen]);
}
