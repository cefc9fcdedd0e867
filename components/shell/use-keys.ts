"use client";

import { useEffect, useRef } from "react";
import { readSingleKeys } from "./single-keys";

export type KeyBindings = Record<string, () => void>;

const EDITABLE = "input, textarea, select, [contenteditable=''], [contenteditable='true']";
const OVERLAY = "[role='dialog'], [role='alertdialog'], [role='menu'], [role='listbox']";
/** Only moving may repeat while a key is held: holding `a` must not approve one thing after the other. */
const MAY_REPEAT = new Set(["j", "k"]);

/**
 * Runs a binding when its key is pressed anywhere on the page: never with a modifier, while typing, while a dialog or
 * menu is open, or when the person has turned single keys off (Escape excepted).
 */
export function useKeys(bindings: KeyBindings): void {
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const run = latest.current[event.key];
      if (
        !run ||
        event.defaultPrevented ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        event.isComposing
      ) {
        return;
      }
      if (event.repeat && !MAY_REPEAT.has(event.key)) return;
      if (event.target instanceof Element && event.target.closest(EDITABLE)) return;
      if (document.querySelector(OVERLAY)) return;
      if (event.key !== "Escape" && !readSingleKeys()) return;
      event.preventDefault();
      run();
    };
    document.addEventListener("keydown", onKeyDown);
    // Says that the page listens, for scripts that press keys as soon as they may.
    document.documentElement.dataset.keys = "ready";
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
