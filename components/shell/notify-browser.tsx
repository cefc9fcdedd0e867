"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useWorkspace } from "@/components/workspace/workspace-provider";
import type { Preferences } from "@/lib/preferences/get-preferences";
import { isQuiet } from "@/lib/preferences/is-quiet";
import { readBrowserNotices } from "./browser-notices";
import { call } from "./call";
import { noticeMessage } from "./notice-message";
import type { ListedNotices } from "./notices-bell";

const TAG = "countersign";
const LOCK = "countersign.notify";
const SEEN_LOCK = "countersign.in-sight";
const LAST_KEY = "countersign.last-notified";

/** Shows what has come by the browser's own notifications, while no tab is in sight: where somebody turned that on. */
export function NotifyBrowser({ unread: initial }: { unread: number }) {
  const router = useRouter();
  const { unread } = useWorkspace();
  const before = useRef(initial);
  useEffect(() => holdWhileInSight(), []);
  useEffect(() => {
    if (unread === null) return;
    const more = unread - before.current;
    before.current = unread;
    if (more <= 0 || document.visibilityState === "visible" || readBrowserNotices() !== "on") return;
    void showNew(more, (path) => router.push(path));
  }, [unread, router]);
  return null;
}

/** Of several tabs, one shows it; none does while another is in sight. */
async function showNew(more: number, open: (path: string) => void): Promise<void> {
  await navigator.locks?.request(LOCK, async () => {
    const { held = [] } = await navigator.locks.query();
    if (held.some(({ name }) => name === SEEN_LOCK)) return;
    const [preferences, listed] = await Promise.all([
      call<Preferences>("/console/preferences"),
      call<ListedNotices>("/console/notices"),
    ]);
    if (!preferences.ok || !listed.ok || isQuiet(new Date(), preferences.data.quietHours)) return;
    const last = localStorage.getItem(LAST_KEY) ?? "";
    const fresh = listed.data.notices
      .filter(({ isRead }) => !isRead)
      .slice(0, more)
      .filter(({ createdAt }) => createdAt > last);
    const message = noticeMessage(fresh);
    if (!message) return;
    localStorage.setItem(LAST_KEY, fresh[0]?.createdAt ?? last);
    // One at a time: a newer one stands in the place of the last.
    const shown = new Notification("Countersign", { body: message.text, tag: TAG, icon: "/icon.svg" });
    shown.onclick = () => {
      window.focus();
      open(message.path);
      shown.close();
    };
  });
}

/** Tells the other tabs, by a lock that any number may share, that this one is in sight. */
function holdWhileInSight(): () => void {
  let letGo: (() => void) | null = null;
  const update = () => {
    const isInSight = document.visibilityState === "visible";
    if (!isInSight) {
      letGo?.();
      letGo = null;
    } else if (!letGo) {
      const held = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      void navigator.locks?.request(SEEN_LOCK, { mode: "shared" }, () => held);
    }
  };
  update();
  document.addEventListener("visibilitychange", update);
  return () => {
    document.removeEventListener("visibilitychange", update);
    letGo?.();
  };
}
