const STORAGE_KEY = "countersign.browser-notices";
const CHANGED = "countersign:browser-notices";

/** What this browser would do with a notice. Some have the interface and can show none, as on Android. */
export type BrowserNotices = "on" | "off" | "denied" | "insecure" | "unsupported";

/** Whether notices are shown by this browser: only where somebody has asked for it here, and the browser was let. */
export function readBrowserNotices(): BrowserNotices {
  if (!window.isSecureContext) return "insecure";
  if (!("Notification" in window)) return "unsupported";
  if (Notification.permission === "denied") return "denied";
  try {
    const kept = localStorage.getItem(STORAGE_KEY);
    if (kept === "unsupported") return "unsupported";
    return kept === "on" && Notification.permission === "granted" ? "on" : "off";
  } catch {
    return "off";
  }
}

export function writeBrowserNotices(kept: "on" | "off" | "unsupported"): void {
  try {
    localStorage.setItem(STORAGE_KEY, kept);
  } catch {
    // A browser without storage shows none.
  }
  window.dispatchEvent(new Event(CHANGED));
}

/** Hears of every change, in this tab and in others. */
export function onBrowserNotices(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener);
  window.addEventListener("storage", listener);
  return () => {
    window.removeEventListener(CHANGED, listener);
    window.removeEventListener("storage", listener);
  };
}
