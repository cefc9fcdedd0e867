"use client";

import { type MouseEvent, memo, type ReactNode, startTransition, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { HostileText } from "@/components/ui/hostile-text";
import type { TimedScreen } from "@/components/workspace/timed";
import type { VisibleItems } from "@/components/workspace/use-visible-items";
import { type View, viewOf } from "@/components/workspace/view";
import { useInboxState, useWorkspace } from "@/components/workspace/workspace-provider";
import { useReadingTime } from "../workspace/use-reading-time";
import { DecisionBar } from "./decision-bar";
import { LoadingReview } from "./loading-review";
import { MovedLine } from "./moved-line";
import { Review } from "./review";
import { useAhead } from "./use-ahead";
import { type Neighbours, useNeighbours } from "./use-neighbours";
import { usePresence } from "./use-presence";

/** One item of a queue, from what has been read of it; what moves meanwhile is said, and shown when asked for. */
export function ReviewItem({
  id,
  view,
  visible,
  initial,
  mayDecide,
  navigate,
}: {
  id: string;
  view: View;
  visible: VisibleItems;
  initial: TimedScreen | null;
  mayDecide: boolean;
  navigate: (view: Partial<View>) => void;
}) {
  const { store, fetchScreen } = useWorkspace();
  const { screens, failures } = useInboxState();
  const neighbours = useNeighbours(id, visible);
  const latest = screens.get(id) ?? (initial?.screen.draft.id === id ? initial : null);
  const { shown, hasMoved, showLatest } = usePinned(id, latest);
  const failure = failures.get(id);
  const ahead = useDrawnAhead(id, neighbours);
  useReadingTime(id);
  usePresence(id, shown?.screen.draft.status === "pending" && mayDecide);
  useAhead(id, visible, neighbours);
  useEffect(() => store.select(id), [store, id]);
  useEffect(() => {
    if (!latest) void fetchScreen(id);
  }, [latest, id, fetchScreen]);
  // The queue goes on behind what has been read of it.
  const left = neighbours.position === null ? 0 : neighbours.total - neighbours.position;
  const { hasMore, isLoading, failure: notRead, loadMore } = visible;
  useEffect(() => {
    if (left < FEW_LEFT && hasMore && !isLoading && !notRead) loadMore();
  }, [left, hasMore, isLoading, notRead, loadMore]);
  // The next item begins at its top, whatever was looked at of the one before.
  const before = useRef(id);
  useEffect(() => {
    if (before.current !== id) window.scrollTo(0, 0);
    before.current = id;
  }, [id]);

  /** Links from here into the inbox need no page from the server. */
  const stay = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest("a");
    if (!link || link.target || link.origin !== window.location.origin) return;
    const target = viewOf(link.pathname, new URLSearchParams(link.search));
    if (!target) return;
    event.preventDefault();
    navigate(target.id === null ? { id: null } : { id: target.id });
  };

  if (!shown) {
    return failure ? (
      <div className="mx-auto flex max-w-sm flex-col items-center gap-3 px-4 py-24 text-center">
        <h1 className="font-semibold text-base">
          {failure.code === "not_found" ? "There is no such draft" : "This draft could not be read"}
        </h1>
        <p className="text-muted text-sm">{failure.message}</p>
        <div className="flex gap-2">
          <Button onClick={() => navigate({ id: null })}>Back to the list</Button>
          {failure.code !== "not_found" && (
            <Button look="accent" onClick={() => void fetchScreen(id)}>
              Try again
            </Button>
          )}
        </div>
      </div>
    ) : (
      <LoadingReview item={visible.items.find((item) => item.id === id) ?? null} />
    );
  }
  const { draft } = shown.screen;
  const drawn = [
    ...ahead.before.flatMap((other) => screens.get(other) ?? []),
    shown,
    ...ahead.after.flatMap((other) => screens.get(other) ?? []),
  ].filter(
    (timed, at, all) => all.findIndex(({ screen }) => screen.draft.id === timed.screen.draft.id) === at,
  );
  return (
    // biome-ignore lint/a11y: the links inside are the ones that act, by mouse and keyboard alike
    <div data-open-draft={id} className="flex min-h-[calc(100dvh-3rem)] flex-col" onClick={stay}>
      <p className="sr-only" role="status">
        {draft.title}: <HostileText text={draft.summary} />. Tier {draft.tier}.
        {neighbours.position !== null && ` ${neighbours.position} of ${neighbours.total}.`}
      </p>
      {hasMoved && latest && <MovedLine id={id} latest={latest.screen} onShow={showLatest} />}
      <div className="flex-1">
        {drawn.map((timed) => (
          <Drawn key={timed.screen.draft.id} isShown={timed === shown}>
            <DrawnReview screen={timed.screen} queue={view.queue} from={view.from} serverNow={timed.readAt} />
          </Drawn>
        ))}
      </div>
      <DecisionBar
        key={`${id} ${shown.screen.screenHash}`}
        screen={shown.screen}
        view={view}
        neighbours={neighbours}
        navigate={navigate}
      />
    </div>
  );
}

/** Then the next page is read. */
const FEW_LEFT = 20;

const DrawnReview = memo(Review);

const LAID_OUT_MS = 60;

/**
 * Shows an item, or keeps it ready: laid out first, then skipped by painting, focus and screen readers. Turning it on
 * costs a third of what `display: none` or `inert` would, which compute every style inside anew.
 */
function Drawn({ isShown, children }: { isShown: boolean; children: ReactNode }) {
  const [isLaidOut, setIsLaidOut] = useState(isShown);
  useEffect(() => {
    const timer = setTimeout(() => setIsLaidOut(true), LAID_OUT_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div
      aria-hidden={isShown ? undefined : true}
      className={isShown ? "" : "h-0 overflow-hidden"}
      style={{ contentVisibility: isShown || !isLaidOut ? "visible" : "hidden" }}
    >
      {children}
    </div>
  );
}

/** The item that was opened is on the screen by then. */
const AFTER_PAINT_MS = 120;

/**
 * The items to be drawn unseen beside the open one, laid out and all, so that going there only turns them on. They are
 * drawn once the open one is on the screen, and a key pressed meanwhile goes first.
 */
function useDrawnAhead(
  id: string,
  { previousId, nextId }: Neighbours,
): { before: string[]; after: string[] } {
  const wanted = `${previousId ?? ""} ${id} ${nextId ?? ""}`;
  const [around, setAround] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => startTransition(() => setAround(wanted)), AFTER_PAINT_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  const ids = around.split(" ").filter((other) => other !== "");
  const at = ids.indexOf(id);
  // Until there was time, the item that was open stands for what comes before.
  return at === -1 ? { before: ids, after: [] } : { before: ids.slice(0, at), after: ids.slice(at + 1) };
}

/**
 * Keeps on the screen what somebody is reading. A newer reading that says the same replaces it unseen; one on which a
 * decision would be another waits until it is asked for.
 */
function usePinned(
  id: string,
  latest: TimedScreen | null,
): { shown: TimedScreen | null; hasMoved: boolean; showLatest: () => void } {
  const [pinned, setPinned] = useState(latest);
  const isSame =
    pinned !== null &&
    latest !== null &&
    pinned.screen.draft.id === id &&
    pinned.screen.screenHash === latest.screen.screenHash &&
    pinned.screen.draft.status === latest.screen.draft.status;
  const isOther = pinned !== null && pinned.screen.draft.id !== id;
  if (latest !== pinned && (pinned === null || latest === null || isOther || isSame)) {
    setPinned(latest);
    return { shown: latest, hasMoved: false, showLatest: () => {} };
  }
  return {
    shown: pinned,
    hasMoved: pinned !== latest,
    showLatest: () => setPinned(latest),
  };
}
