"use client";

import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import type { InboxItem, InboxPage, Queue, Verdict } from "@/lib/drafts/types";
import { mergeFirstPage } from "./merge-first-page";

/** With the server's time in milliseconds, so that a list read before a decision is not taken for news. */
export type Timed<Data> = Data & { readAt: number };

export interface QueueState {
  items: InboxItem[];
  nextCursor: string | null;
}

/** What somebody typed for a decision that was refused, so that nothing of it is lost. */
export interface Unsent {
  verdict: Verdict;
  reason: string;
}

interface Store {
  /** The queue as this person sees it: without what they have just decided. Null until a page has been read. */
  queue: (queue: Queue) => QueueState | null;
  counts: InboxPage["counts"] | null;
  countLimit: number;
  selectedId: string | null;
  select: (id: string | null) => void;
  /** Takes in a first page read at `readAt` (server time, milliseconds); older ones than the last are ignored. */
  receiveFirst: (page: Timed<InboxPage>) => void;
  /** Takes in the page after the ones there are. */
  receiveMore: (page: InboxPage) => void;
  /** Takes an item out at once, before the server has answered. */
  hide: (id: string) => void;
  /** The server refused: the item is back, with what was typed. */
  restore: (id: string, unsent: Unsent | null) => void;
  /** The server agreed at `readAt`: lists read before that no longer bring the item back. */
  settle: (id: string, readAt: number) => void;
  unsent: (id: string) => Unsent | null;
}

const StoreContext = createContext<Store | null>(null);

export function useQueueStore(): Store {
  const store = useContext(StoreContext);
  if (!store) throw new Error("useQueueStore is used outside QueueProvider");
  return store;
}

type Pages = Record<Queue, Timed<QueueState> | null>;

export function QueueProvider({ children }: { children: ReactNode }) {
  const [pages, setPages] = useState<Pages>({ batch: null, named: null, after: null });
  const [counts, setCounts] = useState<Store["counts"]>(null);
  const [countLimit, setCountLimit] = useState(0);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [selectedId, select] = useState<string | null>(null);
  const settledAt = useRef(new Map<string, number>());
  const unsentById = useRef(new Map<string, Unsent>());

  const receiveFirst = useCallback<Store["receiveFirst"]>((page) => {
    const fresh = page.items.filter(({ id }) => (settledAt.current.get(id) ?? 0) < page.readAt);
    setPages((before) => {
      const known = before[page.queue];
      if (known && known.readAt >= page.readAt) return before;
      const { items, keepsTail } = mergeFirstPage(known?.items ?? [], fresh);
      const nextCursor = keepsTail && known ? known.nextCursor : page.nextCursor;
      return { ...before, [page.queue]: { items, nextCursor, readAt: page.readAt } };
    });
    setCounts(page.counts);
    setCountLimit(page.countLimit);
  }, []);

  const receiveMore = useCallback<Store["receiveMore"]>((page) => {
    setPages((before) => {
      const known = before[page.queue];
      if (!known) return before;
      const ids = new Set(known.items.map(({ id }) => id));
      const items = [...known.items, ...page.items.filter(({ id }) => !ids.has(id))];
      return { ...before, [page.queue]: { ...known, items, nextCursor: page.nextCursor } };
    });
  }, []);

  const hide = useCallback((id: string) => {
    unsentById.current.delete(id);
    setHidden((before) => new Set(before).add(id));
  }, []);

  const unhide = useCallback((id: string) => {
    setHidden((before) => new Set([...before].filter((other) => other !== id)));
  }, []);

  const restore = useCallback<Store["restore"]>(
    (id, unsent) => {
      if (unsent) unsentById.current.set(id, unsent);
      unhide(id);
    },
    [unhide],
  );

  const settle = useCallback<Store["settle"]>(
    (id, readAt) => {
      settledAt.current.set(id, readAt);
      const without = (state: Pages[Queue]) =>
        state && { ...state, items: state.items.filter((item) => item.id !== id) };
      setPages((before) => ({
        batch: without(before.batch),
        named: without(before.named),
        after: without(before.after),
      }));
      unhide(id);
    },
    [unhide],
  );

  const store = useMemo<Store>(() => {
    const visible = (queue: Queue): QueueState | null => {
      const state = pages[queue];
      if (!state || hidden.size === 0) return state;
      return { ...state, items: state.items.filter(({ id }) => !hidden.has(id)) };
    };
    return {
      queue: visible,
      counts,
      countLimit,
      selectedId,
      select,
      receiveFirst,
      receiveMore,
      hide,
      restore,
      settle,
      unsent: (id) => unsentById.current.get(id) ?? null,
    };
  }, [pages, hidden, counts, countLimit, selectedId, receiveFirst, receiveMore, hide, restore, settle]);

  return <StoreContext.Provider value={store}>{children}</StoreContext.Provider>;
}
