"use client";

import { useEffect, useRef } from "react";
import { isSingleKey } from "./use-keys";

const SEQUENCE_MS = 1200;

/**
 * Runs what a key stands for when it comes right after `g`. It hears of a key before anything else does, and keeps it:
 * `g a` goes somewhere, and must not approve what is on the screen.
 */
export function useGoKeys(places: Readonly<Record<string, () => void>>): void {
  const latest = useRef(places);
  useEffect(() => {
    latest.current = places;
  });
  useEffect(() => {
    let goPressedAt = Number.NEGATIVE_INFINITY;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Shift") return;
      const isSecond = performance.now() - goPressedAt < SEQUENCE_MS;
      goPressedAt = Number.NEGATIVE_INFINITY;
      if (!isSingleKey(event)) return;
      const go = isSecond ? latest.current[event.key] : undefined;
      if (event.key === "g" && !go) goPressedAt = performance.now();
      else if (!go) return;
      event.preventDefault();
      event.stopPropagation();
      go?.();
    };
    document.addEventListener("keydown", onKeyDown, { capture: true });
    return () => document.removeEventListener("keydown", onKeyDown, { capture: true });
  }, []);
}
