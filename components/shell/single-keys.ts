const STORAGE_KEY = "countersign.single-keys";

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
}
