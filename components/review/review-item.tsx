"use client";

import { Activity, type MouseEvent, memo, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
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
import { useNeighbours } from "./use-neighbours";
import { usePresence } from "./use-presence";

/** One item of a queue, from what has been read of it; what moves meanwhile is said, and shown when asked for. */
export function ReviewItem({
  id,
  view,
  visible,
  initial,
  mayDecide,
  serverNow,
  navigate,
}: {
  id: string;
  view: View;
  visible: VisibleItems;
  initial: TimedScreen | null;
  mayDecide: boolean;
  serverNow: number;
  navigate: (view: Partial<View>) => void;
}) {
  const { store, fetchScreen } = useWorkspace();
  const { screens, failures } = useInboxState();
  const neighbours = useNeighbours(id, visible);
  const latest = screens.get(id) ?? (initial?.screen.draft.id === id ? initial : null);
  const { shown, hasMoved, showLatest } = usePinned(id, latest);
  const failure = failures.get(id);
  useReadingTime(id);
  usePresence(id, shown?.screen.draft.status === "pending" && mayDecide);
  useAhead(id, visible, neighbours);
  useEffect(() => store.select(id), [store, id]);
  useEffect(() => {
    if (!latest) void fetchScreen(id);
  }, [latest, id, fetchScreen]);
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
  // Those around it are drawn ahead, unseen and when there is time: going there only turns them on.
  const around = [neighbours.previousId, neighbours.nextId].flatMap(
    (other) => screens.get(other ?? "") ?? [],
  );
  const drawn = [shown, ...around];
  return (
    // biome-ignore lint/a11y: the links inside are the ones that act, by mouse and keyboard alike
    <div className="flex min-h-[calc(100dvh-3rem)] flex-col" onClick={stay}>
      <p className="sr-only" role="status">
        {`${draft.title}: ${draft.summary}. Tier ${draft.tier}.`}
        {neighbours.position !== null && ` ${neighbours.position} of ${neighbours.total}.`}
      </p>
      {hasMoved && latest && <MovedLine id={id} latest={latest.screen} onShow={showLatest} />}
      <div className="flex-1">
        {drawn.map((timed) => (
          <Activity key={timed.screen.draft.id} mode={timed === shown ? "visible" : "hidden"}>
            <DrawnReview screen={timed.screen} queue={view.queue} serverNow={timed.readAt} />
          </Activity>
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

const DrawnReview = memo(Review);

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
