"use client";

import { useEffect, useState } from "react";
import type { HistoryItem, HistoryPage } from "@/lib/drafts/list-history";
import { type InboxItem, type InboxPage, QUEUES } from "@/lib/drafts/types";
import { call } from "./call";

/** Drafts that have what was typed. */
export interface FoundDrafts {
  query: string;
  waiting: InboxItem[];
  decided: HistoryItem[];
  /** Why nothing could be looked up. */
  failure: string | null;
}

const MOST = 5;
const SHORTEST = 2;
const TYPING_MS = 150;

/** Looks for what is typed, in what waits for this person and in the history, once the typing rests. */
export function useFoundDrafts(typed: string): { found: FoundDrafts | null; isLoading: boolean } {
  const query = typed.trim().slice(0, 200);
  const [found, setFound] = useState<FoundDrafts | null>(null);
  const isWanted = query.length >= SHORTEST;
  useEffect(() => {
    if (!isWanted) return setFound(null);
    const leaving = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await find(query, leaving.signal);
      if (!leaving.signal.aborted) setFound(answer);
    }, TYPING_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [query, isWanted]);
  return { found: isWanted ? found : null, isLoading: isWanted && found?.query !== query };
}

async function find(query: string, signal: AbortSignal): Promise<FoundDrafts> {
  const q = encodeURIComponent(query);
  const [history, ...queues] = await Promise.all([
    call<HistoryPage>(`/console/history?limit=${MOST}&q=${q}`, undefined, { signal }),
    ...QUEUES.map((queue) =>
      call<InboxPage>(`/console/inbox?queue=${queue}&limit=${MOST}&q=${q}`, undefined, { signal }),
    ),
  ]);
  const waiting = queues.flatMap((answer) => (answer.ok ? answer.data.items : []));
  const refused = [history, ...queues].find((answer) => !answer.ok);
  return {
    query,
    waiting: waiting.sort((one, other) => Date.parse(one.dueAt) - Date.parse(other.dueAt)).slice(0, MOST),
    decided: history.ok ? history.data.items : [],
    failure: refused && !refused.ok ? refused.message : null,
  };
}
