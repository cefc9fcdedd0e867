"use client";

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Inbox } from "@/components/inbox/inbox";
import type { ListToolsData } from "@/components/inbox/list-tools";
import { ReviewItem } from "@/components/review/review-item";
import type { InitialPage, TimedScreen } from "./timed";
import { useVisibleItems } from "./use-visible-items";
import { pathOf, type View, viewOf } from "./view";
import { useWorkspace } from "./workspace-provider";

/** What a page of the inbox was drawn with on the server. */
export interface Initial {
  view: View;
  page: InitialPage;
  /** The item's screen, where the view is one. */
  screen: TimedScreen | null;
  /** The address of the view. */
  path: string;
}

/**
 * The inbox: a list, or one item of it. Going between them changes the address, but asks the server for no page; what it
 * shows has been read ahead.
 */
export function Workspace({
  initial,
  mayDecide,
  tools,
}: {
  initial: Initial;
  mayDecide: boolean;
  tools: ListToolsData;
}) {
  const { store, navigator } = useWorkspace();
  const [view, setView] = useState(initial.view);
  const shown = useRef(view);

  const show = useCallback((next: View) => {
    shown.current = next;
    setView(next);
  }, []);
  const setAddress = useAddress();
  const navigate = useCallback(
    (change: Partial<View>) => {
      const before = shown.current;
      // The list is where one is then, wherever an item had been opened from.
      const next = { ...before, ...change, ...(change.id === null ? { from: null } : {}) };
      if (pathOf(next) === pathOf(before)) return;
      if (next.id) store.select(next.id);
      show(next);
      // From item to item, and from filter to filter, going back leads to where this began.
      const isSameKind = (next.id === null) === (before.id === null) && next.queue === before.queue;
      setAddress(pathOf(next), isSameKind ? "replace" : "push");
    },
    [show, setAddress, store],
  );

  // A page from the server is news, unless somebody has gone on meanwhile.
  useLayoutEffect(() => {
    if (initial.page.filterKey === "") store.receiveFirst(initial.page);
    else store.receiveCounts(initial.page.counts, initial.page.countLimit);
    if (initial.screen) store.receiveScreen(initial.screen);
    const isHere = initial.path === window.location.pathname + window.location.search;
    if (isHere) show(initial.view);
  }, [initial, store, show]);

  useEffect(() => {
    navigator.current = navigate;
    const onPopState = () => {
      const next = viewOf(window.location.pathname, new URLSearchParams(window.location.search));
      if (next) show(next);
    };
    window.addEventListener("popstate", onPopState);
    return () => {
      navigator.current = null;
      window.removeEventListener("popstate", onPopState);
    };
  }, [navigator, navigate, show]);

  const visible = useVisibleItems(view, initial.page);
  return view.id === null ? (
    <Inbox
      view={view}
      visible={visible}
      counts={initial.page.counts}
      serverNow={initial.page.readAt}
      navigate={navigate}
      tools={tools}
      mayDecide={mayDecide}
    />
  ) : (
    <ReviewItem
      key={view.queue}
      id={view.id}
      view={view}
      visible={visible}
      initial={initial.screen}
      mayDecide={mayDecide}
      navigate={navigate}
    />
  );
}

/** Long enough for the next frame to be on the screen before the router hears of the new address. */
const AFTER_PAINT_MS = 150;

/** Sets the address bar, a moment later: of several addresses in a row, only the last is worth the router's work. */
function useAddress(): (path: string, how: "push" | "replace") => void {
  const pending = useRef<{ path: string; how: "push" | "replace" } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const wanted = pending.current;
    pending.current = null;
    if (!wanted || wanted.path === window.location.pathname + window.location.search) return;
    if (wanted.how === "push") window.history.pushState(null, "", wanted.path);
    else window.history.replaceState(null, "", wanted.path);
  }, []);
  useEffect(() => {
    window.addEventListener("pagehide", flush);
    return () => {
      window.removeEventListener("pagehide", flush);
      pending.current = null;
      clearTimeout(timer.current);
    };
  }, [flush]);
  return useCallback(
    (path, how) => {
      const isPush = how === "push" || pending.current?.how === "push";
      pending.current = { path, how: isPush ? "push" : "replace" };
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, AFTER_PAINT_MS);
    },
    [flush],
  );
}
