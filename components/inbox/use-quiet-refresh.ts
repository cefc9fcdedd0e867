"use client";

import { useEffect, useRef } from "react";

const STILL_MS = 2_000;
const OVERLAY = "[role='dialog'], [role='alertdialog'], [role='menu']";

/**
 * Calls `refresh` every `everyMs` milliseconds while the page is visible, no dialog is open and nobody has pressed,
 * pointed or scrolled for two seconds; at once when the page becomes visible again.
 */
export function useQuietRefresh(refresh: () => void, everyMs: number): void {
  const latest = useRef(refresh);
  useEffect(() => {
    latest.current = refresh;
  });
  useEffect(() => {
    let lastTouched = 0;
    const touch = () => {
      lastTouched = performance.now();
    };
    const attempt = () => {
      if (document.visibilityState !== "visible" || document.querySelector(OVERLAY)) return;
      if (performance.now() - lastTouched < STILL_MS) return;
      latest.current();
    };
    const events = ["keydown", "pointerdown", "wheel", "touchmove"] as const;
    for (const event of events) document.addEventListener(event, touch, { passive: true });
    document.addEventListener("visibilitychange", attempt);
    const timer = setInterval(attempt, everyMs);
    return () => {
      for (const event of events) document.removeEventListener(event, touch);
      document.removeEventListener("visibilitychange", attempt);
      clearInterval(timer);
    };
  }, [everyMs]);
}
