"use client";

import { LogIn, WifiOff } from "lucide-react";
import { usePathname, useSearchParams } from "next/navigation";
import { useWorkspace } from "@/components/workspace/workspace-provider";

const LOOK =
  "flex h-7 items-center gap-1.5 rounded-full border border-warn bg-warn-soft px-3 font-medium text-warn text-xs whitespace-nowrap shadow-lg";

/** Says when the page no longer hears what happens, and what to do; over the bar's lower edge, so that nothing moves. */
export function ConnectionBadge() {
  const { connection } = useWorkspace();
  const path = usePathname();
  const query = useSearchParams().toString();
  const here = query ? `${path}?${query}` : path;
  return (
    <div
      role="status"
      className="pointer-events-none absolute inset-x-0 top-full flex -translate-y-1/2 justify-center"
    >
      {connection === "lost" && (
        <span className={LOOK}>
          <WifiOff aria-hidden="true" className="size-3.5" />
          Reconnecting…
        </span>
      )}
      {connection === "ended" && (
        <span className={`${LOOK} pointer-events-auto`}>
          <LogIn aria-hidden="true" className="size-3.5 shrink-0" />
          <span className="max-sm:sr-only">Your session has ended.</span>
          {/* A full load: what this page holds was read by the session that is over. */}
          <a href={`/sign-in?to=${encodeURIComponent(here)}`} className="underline underline-offset-2">
            Sign in again
          </a>
        </span>
      )}
    </div>
  );
}
