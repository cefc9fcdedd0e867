"use client";

import { useEffect, useState } from "react";

interface NavigateEventLike extends Event {
  navigationType: string;
  destination: { url: string };
}

/**
 * While `isDirty`, going elsewhere asks first: closing the tab by the browser's own question, links and the back button
 * by the caller's. `leavingTo` is where somebody wants to go, null while nobody does.
 */
export function useLeaveGuard(isDirty: boolean) {
  const [leavingTo, setLeavingTo] = useState<string | null>(null);
  useEffect(() => {
    if (!isDirty) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
        return;
      const link = (event.target as Element | null)?.closest?.("a[href]") as HTMLAnchorElement | null;
      if (!link || link.target === "_blank" || link.origin !== window.location.origin) return;
      if (link.pathname === window.location.pathname && link.hash) return;
      event.preventDefault();
      event.stopPropagation();
      setLeavingTo(link.pathname + link.search);
    };
    // Where the browser lets a page ask before going back.
    const onNavigate = (event: Event) => {
      const { navigationType, destination, cancelable } = event as NavigateEventLike;
      if (navigationType !== "traverse" || !cancelable) return;
      event.preventDefault();
      const { pathname, search } = new URL(destination.url);
      setLeavingTo(pathname + search);
    };
    const navigation = (window as { navigation?: EventTarget }).navigation;
    window.addEventListener("beforeunload", onUnload);
    document.addEventListener("click", onClick, true);
    navigation?.addEventListener("navigate", onNavigate);
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, true);
      navigation?.removeEventListener("navigate", onNavigate);
    };
  }, [isDirty]);
  return { leavingTo, stay: () => setLeavingTo(null) };
}
