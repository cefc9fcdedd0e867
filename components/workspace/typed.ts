import type { Verdict } from "@/lib/drafts/types";

/** What somebody has typed for a decision that is not made yet, or was refused. */
export interface Typed {
  verdict: Verdict;
  reason: string;
}

const key = (draftId: string) => `countersign.typed.${draftId}`;

/** Keeps it in this tab, also over signing in again and reloading. */
export function keepTyped(draftId: string, typed: Typed): void {
  try {
    if (typed.reason.trim() === "") sessionStorage.removeItem(key(draftId));
    else sessionStorage.setItem(key(draftId), JSON.stringify(typed));
  } catch {
    // Without storage it lasts as long as its dialog.
  }
}

export function readTyped(draftId: string): Typed | null {
  try {
    return JSON.parse(sessionStorage.getItem(key(draftId)) ?? "null") as Typed | null;
  } catch {
    return null;
  }
}

export function forgetTyped(draftId: string): void {
  try {
    sessionStorage.removeItem(key(draftId));
  } catch {
    // Nothing was kept.
  }
}
