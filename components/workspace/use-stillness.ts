"use client";

import { useEffect, useRef } from "react";

const STILL_MS = 1_500;
const LOOK_EVERY_MS = 500;
const OVERLAY = "[role='dialog'], [role='alertdialog'], [role='menu']";

/**
 * Calls `rest` twice a second while nobody is at work: no key, pointer or scroll for a second and a half, and no dialog
 * open. What moves under the hand makes people approve the wrong thing.
 */
export function useStillness(rest: () => void): void {
  const latest = useRef(rest);
  useEffect(() => {
    latest.current = rest;
  });
  useEffect(() => {
    let touchedAt = Number.NEGATIVE_INFINITY;
    const touch = () => {
      touchedAt = performance.now();
    };
    const events = ["keydown", "pointerdown", "pointermove", "wheel", "touchmove"] as const;
    for (const event of events) document.addEventListener(event, touch, { passive: true });
    const timer = setInterval(() => {
      if (performance.now() - touchedAt < STILL_MS || document.querySelector(OVERLAY)) return;
      latest.current();
    }, LOOK_EVERY_MS);
    return () => {
      for (const event of events) document.removeEventListener(event, touch);
      clearInterval(timer);
    };
  }, []);
}
