"use client";

import { useEffect, useMemo, useState } from "react";
import { call } from "@/components/shell/call";
import { hasFilters, writeFilters } from "@/lib/drafts/filter-params";
import { matchesFilters } from "@/lib/drafts/matches-filters";
import type { InboxItem, InboxPage, Queue } from "@/lib/drafts/types";
import type { LoadedQueue } from "./inbox-store";
import type { InitialPage, Timed } from "./timed";
import type { View } from "./view";
import { useInboxState, useWorkspace } from "./workspace-provider";

/** A queue as one person sees it: without what they have just decided, narrowed by the view's filters. */
export interface VisibleItems {
  items: readonly InboxItem[];
  /** More waits on the server. */
  hasMore: boolean;
  isLoading: boolean;
  /** Nothing of this queue has been read yet. */
  isUnread: boolean;
  isFiltered: boolean;
  /** Everything of this queue that has been read, with or without filters. */
  ofAll: number;
  loadMore: () => void;
  /** Why the last page could not be read, if it could not. */
  failure: string | null;
}

const MORE = 500;
/** A search in the browser goes on over so many; the server's own answer comes beside it. */
const MOST_LOADED = 10_000;
const TYPING_MS = 200;

/** `initial` is what the page was drawn with on the server, before the store knows of anything. */
export function useVisibleItems(view: View, initial: InitialPage | null): VisibleItems {
  const { store } = useWorkspace();
  const { queues, hidden } = useInboxState();
  const { queue } = view;
  const key = writeFilters(view.filters).toString();
  const isFiltered = hasFilters(view.filters);
  const initialKey = initial && initial.queue === queue ? initial.filterKey : null;
  const own = initial && initialKey === "" ? initial : null;
  const loaded: LoadedQueue | null = queues[queue] ?? own;
  const found = useServerMatches(queue, key, initialKey === key && key !== "" ? initial : null);
  const [loading, setLoading] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  const isUnread = loaded === null;
  useEffect(() => {
    if (!isUnread) return;
    void call<Timed<InboxPage>>(`/console/inbox?queue=${queue}`).then((answer) => {
      setFailure(answer.ok ? null : answer.message);
      if (answer.ok) store.receiveFirst(answer.data);
    });
  }, [isUnread, queue, store]);

  const loadMore = async () => {
    const cursor = store.state.queues[queue]?.nextCursor;
    if (!cursor || loading) return;
    setLoading(true);
    const answer = await call<Timed<InboxPage>>(
      `/console/inbox?queue=${queue}&limit=${MORE}&cursor=${encodeURIComponent(cursor)}`,
    );
    setLoading(false);
    setFailure(answer.ok ? null : answer.message);
    if (answer.ok) store.receiveMore(answer.data);
  };
  // What filters have to see is read page by page.
  const count = loaded?.items.length ?? 0;
  const wantsAll = isFiltered && loaded?.nextCursor && count < MOST_LOADED && !loading && !failure;
  useEffect(() => {
    if (wantsAll) void loadMore();
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: filters are the same when their key is
  const items = useMemo(() => {
    const read = loaded?.items ?? [];
    const shown = hidden.size === 0 ? read : read.filter(({ id }) => !hidden.has(id));
    if (!isFiltered) return shown;
    const now = Date.now();
    const matching = shown.filter((item) => matchesFilters(item, view.filters, now));
    if (!found.page?.items.length) return matching;
    const ids = new Set(matching.map(({ id }) => id));
    // The server also finds the words of payloads. What it found before somebody decided it is gone by now.
    const known = new Set(loaded?.items.map(({ id }) => id));
    const isThere = (id: string) => known.has(id) || loaded === null || loaded.nextCursor !== null;
    const others = found.page.items.filter(({ id }) => !ids.has(id) && !hidden.has(id) && isThere(id));
    return others.length === 0
      ? matching
      : [...matching, ...others].sort(
          (a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt) || (a.id < b.id ? -1 : 1),
        );
  }, [loaded, hidden, isFiltered, key, found.page]);

  return {
    items,
    hasMore: loaded?.nextCursor != null,
    isLoading: loading || found.isLoading || (isUnread && failure === null),
    isFiltered,
    isUnread,
    ofAll: (loaded?.items.length ?? 0) - hidden.size,
    loadMore: () => void loadMore(),
    failure,
  };
}

/** What the server finds for these filters: it knows the words of payloads, and what has not been read here yet. */
function useServerMatches(
  queue: Queue,
  key: string,
  initial: Timed<InboxPage> | null,
): { page: InboxPage | null; isLoading: boolean } {
  const [found, setFound] = useState<{ key: string; page: InboxPage | null }>({
    key: initial ? `${queue}?${key}` : "",
    page: initial,
  });
  const wanted = key === "" ? "" : `${queue}?${key}`;
  useEffect(() => {
    if (wanted === "" || wanted === found.key) return;
    const leaving = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await call<InboxPage>(`/console/inbox?queue=${queue}&limit=200&${key}`, undefined, {
        signal: leaving.signal,
      });
      if (!leaving.signal.aborted) setFound({ key: wanted, page: answer.ok ? answer.data : null });
    }, TYPING_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [wanted, found.key, queue, key]);
  const isCurrent = wanted !== "" && wanted === found.key;
  return { page: isCurrent ? found.page : null, isLoading: wanted !== "" && !isCurrent };
}
