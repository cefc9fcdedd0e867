"use client";

import { queueOf } from "@/components/workspace/inbox-store";
import { useInboxState, useWorkspace } from "@/components/workspace/workspace-provider";
import type { Queue } from "@/lib/drafts/types";

/** Says that drafts have come while somebody was at work; they join the list by a click, or when the hand rests. */
export function ArrivalsLine({ queue }: { queue: Queue }) {
  const { store } = useWorkspace();
  const { arrivals } = useInboxState();
  const count = [...arrivals.values()].filter((item) => queueOf(item) === queue).length;
  return (
    <div aria-live="polite" className="pointer-events-none sticky top-14 z-10 h-0 text-center">
      {count > 0 && (
        <button
          type="button"
          onClick={() => store.rest()}
          className="pointer-events-auto mt-2 rounded-full bg-accent px-3 py-1 font-medium text-on-accent text-xs shadow-lg"
        >
          {count} new
        </button>
      )}
    </div>
  );
}
