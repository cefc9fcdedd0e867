"use client";

import type { PrefetchKind } from "next/dist/client/components/router-reducer/router-reducer-types";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useQueueStore } from "@/components/inbox/queue-store";
import type { Queue } from "@/lib/drafts/types";

export interface Neighbours {
  previousId: string | null;
  nextId: string | null;
  /** From 1; null when the item is not (or no longer) in the queue. */
  position: number | null;
  total: number;
}

/** Where an item stands in its queue. The next one is fetched ahead, so that it is there when it is wanted. */
export function useNeighbours(id: string, queue: Queue): Neighbours {
  const router = useRouter();
  const store = useQueueStore();
  const state = store.queue(queue);
  const items = state?.items ?? [];
  const at = items.findIndex((item) => item.id === id);
  const lastAt = useRef(0);
  useEffect(() => {
    if (at !== -1) lastAt.current = at;
  });
  // Once it is out of the list, what has moved up into its place is the next one.
  const next = items[at === -1 ? lastAt.current : at + 1];
  const previous = items[at === -1 ? lastAt.current - 1 : at - 1];
  const nextId = next?.id ?? null;
  useEffect(() => {
    if (nextId) router.prefetch(`/inbox/${nextId}?queue=${queue}`, { kind: "full" as PrefetchKind });
  }, [nextId, queue, router]);
  return {
    previousId: previous?.id ?? null,
    nextId,
    position: at === -1 ? null : at + 1,
    total: state?.nextCursor && store.counts ? Math.max(items.length, store.counts[queue]) : items.length,
  };
}
