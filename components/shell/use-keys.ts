"use client";

import { useEffect, useRef } from "react";
import { type KeySource, registerKeys } from "./key-registry";
import { readSingleKeys } from "./single-keys";

export type KeyBindings = Record<string, () => void>;

const EDITABLE = "input, textarea, select, [contenteditable=''], [contenteditable='true']";
const OVERLAY = "[role='dialog'], [role='alertdialog'], [role='menu'], [role='listbox']";
/** Only moving may repeat while a key is held: holding `a` must not approve one thing after the other. */
const MAY_REPEAT = new Set(["j", "k"]);
const NONE = {};

/**
 * Runs a binding when its key is pressed anywhere on the page: never with a modifier, while typing, while a dialog or
 * menu is open, or when the person has turned single keys off (Escape excepted). Those with a label are offered by the
 * command palette for as long as they have one.
 */
export function useKeys(bindings: KeyBindings, labels: Readonly<Record<string, string>> = NONE): void {
  const latest = useRef<KeySource>({ bindings, labels });
  useEffect(() => {
    latest.current = { bindings, labels };
  });
  useEffect(() => registerKeys(latest), []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const run = latest.current.bindings[event.key];
      if (!run || event.defaultPrevented || !isSingleKey(event)) return;
      event.preventDefault();
      run();
    };
    document.addEventListener("keydown", onKeyDown);
    // Says that the page listens, for scripts that press keys as soon as they may.
    document.documentElement.dataset.keys = "ready";
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

/** Whether a key press is meant for the page as it is, and may act by itself. */
export function isSingleKey(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  if (event.repeat && !MAY_REPEAT.has(event.key)) return false;
  if (event.target instanceof Element && event.target.closest(EDITABLE)) return false;
  if ([...document.querySelectorAll(OVERLAY)].some((overlay) => overlay.checkVisibility())) return false;
  return event.key === "Escape" || readSingleKeys();
}
