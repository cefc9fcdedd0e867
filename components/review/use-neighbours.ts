"use client";

import { useEffect, useRef } from "react";
import type { VisibleItems } from "@/components/workspace/use-visible-items";
import { useInboxState } from "@/components/workspace/workspace-provider";

export interface Neighbours {
  previousId: string | null;
  nextId: string | null;
  /** From 1; null when the item is not (or no longer) in the queue. */
  position: number | null;
  total: number;
}

/** Where an item stands in its queue. What somebody else has taken out meanwhile is passed over. */
export function useNeighbours(id: string, { items }: VisibleItems): Neighbours {
  const { gone } = useInboxState();
  const at = items.findIndex((item) => item.id === id);
  const lastAt = useRef(0);
  useEffect(() => {
    if (at !== -1) lastAt.current = at;
  });
  // Once it is out of the list, what has moved up into its place is the next one.
  const after = at === -1 ? lastAt.current : at + 1;
  const isThere = (item: { id: string }) => !gone.has(item.id) && item.id !== id;
  const next = items.slice(after).find(isThere);
  const previous = items.slice(0, Math.max(at === -1 ? lastAt.current : at, 0)).findLast(isThere);
  return {
    previousId: previous?.id ?? null,
    nextId: next?.id ?? null,
    position: at === -1 ? null : at + 1,
    total: items.length,
  };
}
