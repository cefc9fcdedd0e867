import type { ActionFailure } from "@/lib/adapters/action";
import type { InboxItem, InboxPage, Queue } from "@/lib/drafts/types";
import { QUEUES } from "@/lib/drafts/types";
import type { Present } from "@/lib/live/presence";
import { mergeFirstPage } from "./merge-first-page";
import type { TimedScreen } from "./timed";
import { forgetTyped, keepTyped, type Typed } from "./typed";

/** One queue as far as it has been read, most urgent first. */
export interface LoadedQueue {
  items: readonly InboxItem[];
  /** Null once everything has been read. */
  nextCursor: string | null;
  /** The server's time in milliseconds when its first page was read. */
  readAt: number;
}

export interface InboxState {
  queues: Record<Queue, LoadedQueue | null>;
  counts: InboxPage["counts"] | null;
  countLimit: number;
  /** The row under the hand, kept from the list to an item and back. */
  selectedId: string | null;
  /** Decided here; the server's answer is not there yet. */
  hidden: ReadonlySet<string>;
  /** Taken away by somebody or something else while it was on the screen: what happened, in words. */
  gone: ReadonlyMap<string, string>;
  /** Came while somebody was at work; they join the list when the hand rests. */
  arrivals: ReadonlyMap<string, InboxItem>;
  screens: ReadonlyMap<string, TimedScreen>;
  /** Drafts whose screen could not be read, and why. */
  failures: ReadonlyMap<string, ActionFailure>;
  /** Who else has a draft open that this person has open. */
  present: Record<string, Present[]>;
  /** The server's time, in milliseconds, of the last decision made here: screens read before it lack a precedent. */
  settledAt: number;
}

/** A decision that may be taken back until then, by this browser's clock in milliseconds. */
export interface Undoable {
  id: string;
  until: number;
}

/** Screens kept for going back and forth; the ones read longest ago make room. */
const MOST_SCREENS = 40;

const byUrgency = (one: InboxItem, other: InboxItem): number =>
  Date.parse(one.dueAt) - Date.parse(other.dueAt) || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);

/**
 * What this browser knows of the inbox. Plain data behind a subscription, so that a key press changes the screen in the
 * same frame; nothing here asks the server.
 */
export class InboxStore {
  #state: InboxState = {
    queues: { batch: null, named: null, after: null },
    counts: null,
    countLimit: 0,
    selectedId: null,
    hidden: new Set(),
    gone: new Map(),
    arrivals: new Map(),
    screens: new Map(),
    failures: new Map(),
    present: {},
    settledAt: 0,
  };
  /** What was decided last in this tab; null when that cannot be undone. */
  lastDecision: Promise<Undoable | null> = Promise.resolve(null);
  readonly #listeners = new Set<() => void>();
  /** When the server agreed to a decision: lists read before that do not bring the item back. */
  readonly #settledAt = new Map<string, number>();

  get state(): InboxState {
    return this.#state;
  }
  readonly getSnapshot = (): InboxState => this.#state;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  #set(change: Partial<InboxState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  select(id: string | null): void {
    if (id !== this.#state.selectedId) this.#set({ selectedId: id });
  }

  /** Takes in a first page without filters, read at `readAt`; older ones than the last are ignored. */
  receiveFirst(page: InboxPage & { readAt: number }): void {
    const known = this.#state.queues[page.queue];
    if (known && known.readAt >= page.readAt) return;
    const { items, keepsTail } = mergeFirstPage(known?.items ?? [], this.#unsettled(page.items, page.readAt));
    const nextCursor = keepsTail && known ? known.nextCursor : page.nextCursor;
    const gone = new Map(this.#state.gone);
    const arrivals = new Map(this.#state.arrivals);
    for (const { id } of page.items) {
      gone.delete(id);
      arrivals.delete(id);
    }
    this.#set({
      queues: { ...this.#state.queues, [page.queue]: { items, nextCursor, readAt: page.readAt } },
      counts: page.counts,
      countLimit: page.countLimit,
      gone,
      arrivals,
    });
  }

  /** Takes in the page after the ones there are. */
  receiveMore(page: InboxPage & { readAt: number }): void {
    const known = this.#state.queues[page.queue];
    if (!known) return;
    const ids = new Set(known.items.map(({ id }) => id));
    const fresh = this.#unsettled(page.items, page.readAt).filter(({ id }) => !ids.has(id));
    const items = fresh.length === 0 ? known.items : [...known.items, ...fresh].sort(byUrgency);
    this.#setQueue(page.queue, { ...known, items, nextCursor: page.nextCursor });
  }

  receiveCounts(counts: InboxPage["counts"], countLimit: number): void {
    this.#set({ counts, countLimit });
  }

  /** Lists in whatever order they were read: what was settled after `readAt` is not in them any more. */
  #unsettled(items: readonly InboxItem[], readAt: number): InboxItem[] {
    return items.filter(({ id }) => (this.#settledAt.get(id) ?? 0) < readAt);
  }

  #setQueue(queue: Queue, loaded: LoadedQueue): void {
    this.#set({ queues: { ...this.#state.queues, [queue]: loaded } });
  }

  /** Takes an item out at once, before the server has answered. */
  hide(id: string): void {
    this.#set({ hidden: new Set(this.#state.hidden).add(id) });
  }

  /** The server refused, or it was taken back: the item is where it was, with what was typed. */
  restore(id: string, unsent: Typed | null): void {
    if (unsent) keepTyped(id, unsent);
    this.#settledAt.delete(id);
    const gone = new Map(this.#state.gone);
    gone.delete(id);
    this.#set({ hidden: without(this.#state.hidden, id), gone });
  }

  /** The server agreed at `readAt`: the item is out of every list. */
  settle(id: string, readAt: number): void {
    this.#settledAt.set(id, readAt);
    this.#remove(new Set([id]));
    this.#set({ hidden: without(this.#state.hidden, id), settledAt: readAt });
    forgetTyped(id);
  }

  noteDecision(decision: Promise<Undoable | null>): void {
    this.lastDecision = decision;
  }

  #remove(ids: ReadonlySet<string>): void {
    const queues = { ...this.#state.queues };
    for (const queue of QUEUES) {
      const loaded = queues[queue];
      if (loaded?.items.some(({ id }) => ids.has(id))) {
        queues[queue] = { ...loaded, items: loaded.items.filter(({ id }) => !ids.has(id)) };
      }
    }
    const gone = new Map([...this.#state.gone].filter(([id]) => !ids.has(id)));
    const arrivals = new Map([...this.#state.arrivals].filter(([id]) => !ids.has(id)));
    this.#set({ queues, gone, arrivals });
  }

  /** Whether a list that has been read has the item. */
  holds(id: string): boolean {
    return QUEUES.some((queue) => this.#state.queues[queue]?.items.some((item) => item.id === id));
  }

  /**
   * Takes in what became of items that have changed: those of `asked` that wait in `queue` now, as they are, and the
   * others as gone, with what happened to each. Nothing moves on the screen before `rest`.
   */
  receiveChanged(
    queue: Queue,
    asked: ReadonlyMap<string, string>,
    waiting: readonly InboxItem[],
    readAt: number,
  ): void {
    const loaded = this.#state.queues[queue];
    if (!loaded) return;
    const fresh = new Map(this.#unsettled(waiting, readAt).map((item) => [item.id, item]));
    const gone = new Map(this.#state.gone);
    const arrivals = new Map(this.#state.arrivals);
    let isChanged = false;
    const items = loaded.items.map((item) => {
      const now = fresh.get(item.id);
      if (now) {
        gone.delete(item.id);
        fresh.delete(item.id);
        isChanged = true;
        return now;
      }
      const happened = asked.get(item.id);
      if (happened !== undefined) gone.set(item.id, happened);
      return item;
    });
    const last = loaded.nextCursor === null ? undefined : loaded.items.at(-1);
    for (const item of fresh.values()) {
      // Beyond what has been read, it comes with its page.
      if (!last || byUrgency(item, last) < 0) arrivals.set(item.id, item);
    }
    for (const id of asked.keys()) if (!waiting.some((item) => item.id === id)) arrivals.delete(id);
    this.#set({
      gone,
      arrivals,
      ...(isChanged
        ? { queues: { ...this.#state.queues, [queue]: { ...loaded, items: [...items].sort(byUrgency) } } }
        : {}),
    });
  }

  /** The hand rests: what is gone leaves the lists, what has come joins them. */
  rest(): void {
    const { gone, arrivals } = this.#state;
    if (gone.size === 0 && arrivals.size === 0) return;
    const coming = [...arrivals.values()];
    if (gone.size > 0) this.#remove(new Set(gone.keys()));
    const queues = { ...this.#state.queues };
    for (const queue of QUEUES) {
      const loaded = queues[queue];
      const ids = new Set(loaded?.items.map(({ id }) => id));
      const joining = coming.filter((item) => queueOf(item) === queue && !ids.has(item.id));
      if (!loaded || joining.length === 0) continue;
      queues[queue] = { ...loaded, items: [...loaded.items, ...joining].sort(byUrgency) };
    }
    this.#set({ queues, arrivals: new Map() });
  }

  receiveScreen(screen: TimedScreen): void {
    const { id } = screen.screen.draft;
    const known = this.#state.screens.get(id);
    if (known && known.readAt > screen.readAt) return;
    const screens = new Map(this.#state.screens);
    screens.delete(id);
    screens.set(id, screen);
    for (const oldest of screens.keys()) {
      if (screens.size <= MOST_SCREENS) break;
      screens.delete(oldest);
    }
    const failures = new Map(this.#state.failures);
    failures.delete(id);
    this.#set({ screens, failures });
  }

  receiveMissing(id: string, failure: ActionFailure): void {
    // What was read before stays: the connection may be back in a moment.
    this.#set({ failures: new Map(this.#state.failures).set(id, failure) });
  }

  /** The screen has to be read anew before it is shown again. */
  forgetScreen(id: string): void {
    if (!this.#state.screens.has(id)) return;
    const screens = new Map(this.#state.screens);
    screens.delete(id);
    this.#set({ screens });
  }

  receivePresent(present: InboxState["present"]): void {
    this.#set({ present });
  }
}

const QUEUE_OF: Record<InboxItem["route"], Queue> = {
  batch_review: "batch",
  named_approver: "named",
  auto_execute: "after",
  execute_then_review: "after",
};

/** The queue an item waits in. */
export const queueOf = ({ route }: Pick<InboxItem, "route">): Queue => QUEUE_OF[route];

const without = (set: ReadonlySet<string>, id: string): ReadonlySet<string> =>
  set.has(id) ? new Set([...set].filter((other) => other !== id)) : set;
