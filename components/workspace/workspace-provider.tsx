"use client";

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { call } from "@/components/shell/call";
import { type InboxPage, QUEUES, type Queue } from "@/lib/drafts/types";
import type { LiveMessage } from "@/lib/live/live-hub";
import type { Change } from "@/lib/live/read-changes";
import { happened } from "./happened";
import { type InboxState, InboxStore } from "./inbox-store";
import type { Timed, TimedScreen } from "./timed";
import { type Connection, useLive } from "./use-live";
import { useStillness } from "./use-stillness";
import type { View } from "./view";

type Navigate = (view: Partial<View>) => void;

interface Workspace {
  store: InboxStore;
  connection: Connection;
  /** Unread notices, once the server has told of a change. */
  unread: number | null;
  /** Set while an inbox page is there to show another view without asking the server for a page. */
  navigator: { current: Navigate | null };
  /** Reads a screen; again, also when there is one. */
  fetchScreen: (id: string) => Promise<void>;
  /** Has the first pages of the queues read anew as soon as the hand rests. */
  resync: () => void;
}

const WorkspaceContext = createContext<Workspace | null>(null);

/** The inbox as this browser knows it, kept up to date while the page is open. It outlasts going from page to page. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error("useWorkspace is used outside WorkspaceProvider");
  return workspace;
}

/** What the store knows now; the component draws anew whenever that changes. */
export function useInboxState(): InboxState {
  const { store } = useWorkspace();
  return useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot);
}

/** Several changes at once are asked about at once. */
const GATHER_MS = 250;
/** The server takes so many drafts in one question; beyond that the list is read anew. */
const MOST_ASKED = 200;
/** Shifts change hands without an event: the list is read anew now and then. */
const SLOW_RESYNC_MS = 60_000;

export function WorkspaceProvider({ children }: { children: ReactNode }) {
  const [store] = useState(() => new InboxStore());
  const [unread, setUnread] = useState<number | null>(null);
  const navigator = useRef<Navigate | null>(null);

  const fetchScreen = useCallback(
    async (id: string) => {
      const answer = await call<TimedScreen>(`/console/drafts/${encodeURIComponent(id)}`);
      if (answer.ok) store.receiveScreen(answer.data);
      else store.receiveMissing(id, answer);
    },
    [store],
  );

  const wantsResync = useRef(false);
  const resync = useCallback(() => {
    wantsResync.current = true;
  }, []);
  const rest = () => {
    store.rest();
    if (!wantsResync.current || document.visibilityState !== "visible") return;
    wantsResync.current = false;
    for (const queue of QUEUES) {
      if (!store.state.queues[queue]) continue;
      void call<Timed<InboxPage>>(`/console/inbox?queue=${queue}`).then((answer) => {
        if (answer.ok) store.receiveFirst(answer.data);
      });
    }
  };

  const { gather } = useGatheredChanges(store, fetchScreen, resync);
  const connection = useLive((message: LiveMessage) => {
    if (message.kind === "changes") gather(message.changes);
    else if (message.kind === "resync") resync();
    else if (message.kind === "presence") store.receivePresent(message.present);
    else setUnread(message.unread);
  });
  useStillness(rest);
  useEffect(() => {
    const timer = setInterval(resync, SLOW_RESYNC_MS);
    return () => clearInterval(timer);
  }, [resync]);

  const workspace = useMemo<Workspace>(
    () => ({ store, connection, unread, navigator, fetchScreen, resync }),
    [store, connection, unread, fetchScreen, resync],
  );
  return <WorkspaceContext.Provider value={workspace}>{children}</WorkspaceContext.Provider>;
}

/** Asks the server, of several changes at once, which of those drafts wait for this person now. */
function useGatheredChanges(
  store: InboxStore,
  fetchScreen: (id: string) => Promise<void>,
  resync: () => void,
): { gather: (changes: Change[]) => void } {
  const gathered = useRef(new Map<string, Change>());
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const ask = useCallback(async () => {
    timer.current = undefined;
    const changes = [...gathered.current.values()];
    gathered.current.clear();
    for (const { draftId } of changes) if (store.state.screens.has(draftId)) void fetchScreen(draftId);
    if (changes.length > MOST_ASKED) return resync();
    const asked = new Map(changes.map((change) => [change.draftId, happened(change)]));
    const loaded = QUEUES.filter((queue: Queue) => store.state.queues[queue] !== null);
    await Promise.all(
      loaded.map(async (queue) => {
        const answer = await call<Timed<InboxPage>>("/console/inbox/changed", {
          queue,
          only: [...asked.keys()],
        });
        if (!answer.ok) return;
        store.receiveChanged(queue, asked, answer.data.items, answer.data.readAt);
        store.receiveCounts(answer.data.counts, answer.data.countLimit);
      }),
    );
  }, [store, fetchScreen, resync]);

  const gather = useCallback(
    (changes: Change[]) => {
      for (const change of changes) gathered.current.set(change.draftId, change);
      timer.current ??= setTimeout(() => void ask(), GATHER_MS);
    },
    [ask],
  );
  return { gather };
}
