import type { FormValues } from "./form-model";

/** An edit that is not sent yet: what the controls hold, and the reason. */
export interface TypedEdit {
  /** Of the payload that was edited: it may have moved since. */
  payloadHash: string;
  values: FormValues;
  reason: string;
}

const keyOf = (draftId: string) => `countersign.edit.${draftId}`;

/** Keeps an edit in this tab, over reloading, signing in again and closing the form by accident. */
export function keepEdit(draftId: string, edit: TypedEdit): void {
  try {
    sessionStorage.setItem(keyOf(draftId), JSON.stringify(edit));
  } catch {
    // Without storage it lasts as long as its form.
  }
}

/** What was typed for this draft and not sent; null when there is none. */
export function readEdit(draftId: string): TypedEdit | null {
  try {
    const edit = JSON.parse(sessionStorage.getItem(keyOf(draftId)) ?? "null") as TypedEdit | null;
    return typeof edit?.values === "object" && edit.values !== null ? edit : null;
  } catch {
    return null;
  }
}

export function forgetEdit(draftId: string): void {
  try {
    sessionStorage.removeItem(keyOf(draftId));
  } catch {
    // Nothing was kept.
  }
}
