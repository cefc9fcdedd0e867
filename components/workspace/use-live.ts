"use client";

import { useEffect, useRef, useState } from "react";
import type { LiveMessage } from "@/lib/live/live-hub";

export type Connection = "connecting" | "open" | "lost" | "ended";

/** Between the tabs of one browser: what the one that is connected hears, and how its connection is. */
type Relayed = { message: LiveMessage } | { connection: Connection };

const PATH = "/console/live";
const CHANNEL = "countersign.live";
/** A blink of the connection is not worth a word. */
const LOST_AFTER_MS = 3_000;
/** The server is never silent for so long. */
const SILENT_MS = 40_000;
const AGAIN_MS = 5_000;

/**
 * Hears what happens in the product while the page is open. Of all tabs of a browser one is connected, and tells the
 * others: over HTTP/1.1 a browser has six connections in all. `onMessage` also gets a resync after every reconnection.
 */
export function useLive(onMessage: (message: LiveMessage) => void): Connection {
  const [connection, setConnection] = useState<Connection>("connecting");
  const latest = useRef(onMessage);
  useEffect(() => {
    latest.current = onMessage;
  });
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL);
    const hear = (relayed: Relayed) => {
      if ("message" in relayed) latest.current(relayed.message);
      else setConnection(relayed.connection);
    };
    channel.onmessage = ({ data }) => hear(data as Relayed);
    const leaving = new AbortController();
    const tell = (relayed: Relayed) => {
      if (leaving.signal.aborted) return;
      hear(relayed);
      channel.postMessage(relayed);
    };
    const lead = () => connect(tell, leaving.signal);
    if (navigator.locks) {
      navigator.locks.request(CHANNEL, { signal: leaving.signal }, lead).catch(() => {});
    } else void lead();
    return () => {
      leaving.abort();
      channel.close();
    };
  }, []);
  return connection;
}

/** Stays connected until `signal` says to leave. */
function connect(tell: (relayed: Relayed) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let wasOpen = false;
    let heardAt = performance.now();
    let lostTimer: ReturnType<typeof setTimeout> | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    let source: EventSource;
    const lose = () => {
      lostTimer ??= setTimeout(() => tell({ connection: "lost" }), LOST_AFTER_MS);
    };
    const hear = () => {
      heardAt = performance.now();
    };
    const open = () => {
      clearTimeout(again);
      source?.close();
      hear();
      source = new EventSource(PATH);
      source.onopen = () => {
        hear();
        clearTimeout(lostTimer);
        lostTimer = undefined;
        tell({ connection: "open" });
        if (wasOpen) tell({ message: { kind: "resync" } });
        wasOpen = true;
      };
      source.addEventListener("beat", hear);
      source.onmessage = ({ data }) => {
        hear();
        tell({ message: JSON.parse(data) as LiveMessage });
      };
      source.onerror = () => {
        lose();
        // The browser tries again by itself, unless it was told not to: then the session may be over.
        if (source.readyState !== EventSource.CLOSED) return;
        void isSignedIn().then((signedIn) => {
          if (signal.aborted) return;
          if (signedIn === false) tell({ connection: "ended" });
          again = setTimeout(open, AGAIN_MS);
        });
      };
    };
    open();
    // A cable that is pulled tells nobody.
    const watch = setInterval(() => {
      if (performance.now() - heardAt < SILENT_MS) return;
      lose();
      open();
    }, AGAIN_MS);
    window.addEventListener("offline", lose);
    window.addEventListener("online", open);
    signal.addEventListener("abort", () => {
      clearTimeout(lostTimer);
      clearTimeout(again);
      clearInterval(watch);
      window.removeEventListener("offline", lose);
      window.removeEventListener("online", open);
      source.close();
      resolve();
    });
  });
}

/** Null when the server does not answer at all. */
async function isSignedIn(): Promise<boolean | null> {
  try {
    const response = await fetch("/console/session");
    return response.status === 401 ? false : response.ok ? true : null;
  } catch {
    return null;
  }
}
