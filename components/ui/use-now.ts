"use client";

import { useEffect, useState } from "react";

/** The time in milliseconds, starting with the server's so that both render alike, then ticking every 20 s. */
export function useNow(serverNow: number): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    // Keep the server's clock: the browser's may be wrong.
    const offset = serverNow - Date.now();
    setNow(serverNow);
    const timer = setInterval(() => setNow(Date.now() + offset), 20_000);
    return () => clearInterval(timer);
  }, [serverNow]);
  return now;
}
