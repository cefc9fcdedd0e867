const STORAGE_KEY = "countersign.single-keys";
const CHANGED = "countersign:single-keys";

/** Whether single keys act (WCAG 2.1.4 asks for a way to turn them off). On unless turned off in this browser. */
export function readSingleKeys(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== "off";
  } catch {
    return true;
  }
}

/** Turns single keys on or off in this browser. */
export function writeSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(STORAGE_KEY, on ? "on" : "off");
  } catch {
    // A browser without storage keeps the default.
  }
  window.dispatchEvent(new Event(CHANGED));
}

/** Hears of every change, in this tab and in others. */
export function onSingleKeys(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener);
  window.addEventListener("storage", listener);
  return () => {
    window.removeEventListener(CHANGED, listener);
    window.removeEventListener("storage", listener);
  };
}
