"use client";

import { useSyncExternalStore } from "react";
import {
  type BrowserNotices,
  onBrowserNotices,
  readBrowserNotices,
  writeBrowserNotices,
} from "@/components/shell/browser-notices";
import { Button } from "@/components/ui/button";

const WORDS: Record<BrowserNotices, string> = {
  on: "This browser shows new notices while no tab of Countersign is in sight. It says what the notice says, and nothing of the draft.",
  off: "This browser can show new notices while no tab of Countersign is in sight. It says what the notice says, and nothing of the draft.",
  denied:
    "This browser was told to block notifications from here. Allow them in its settings for this site, then come back.",
  insecure:
    "Browsers show notifications only from sites that are reached by https. Ask whoever runs Countersign.",
  unsupported:
    "This browser shows no notifications from web pages. The bell and the title count all the same.",
};

/** Turns the browser's notifications on or off for this browser; the browser itself asks only after a press. */
export function BrowserNoticesSwitch() {
  const state = useSyncExternalStore(onBrowserNotices, readBrowserNotices, () => null);
  return (
    <div className="min-h-28">
      <p role="status" className="py-1 text-sm">
        {state !== null && WORDS[state]}
      </p>
      {state === "off" && (
        <Button look="accent" className="mt-1.5" onClick={() => void turnOn()}>
          Enable in this browser
        </Button>
      )}
      {state === "on" && (
        <Button className="mt-1.5" onClick={() => writeBrowserNotices("off")}>
          Disable in this browser
        </Button>
      )}
    </div>
  );
}

async function turnOn(): Promise<void> {
  const permission = await Notification.requestPermission();
  if (permission !== "granted") return writeBrowserNotices("off");
  try {
    // Android has the interface and refuses to use it: only trying tells.
    new Notification("Countersign", { body: "Notifications are on in this browser.", tag: "countersign" });
    writeBrowserNotices("on");
  } catch {
    writeBrowserNotices("unsupported");
  }
}
