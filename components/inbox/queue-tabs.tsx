"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { classNames } from "@/components/ui/class-names";
import { useInboxState, useWorkspace } from "@/components/workspace/workspace-provider";
import { QUEUES, type Queue } from "@/lib/drafts/types";

const TABS: { queue: Queue; label: string }[] = [
  { queue: "batch", label: "Batch" },
  { queue: "named", label: "Named" },
  { queue: "after", label: "After" },
];

/** The queues with how much waits in each; the one of looks afterwards only while there is something in it. */
export function QueueTabs() {
  const { navigator } = useWorkspace();
  const { counts, countLimit } = useInboxState();
  const named = useSearchParams().get("queue");
  const current = QUEUES.find((queue) => queue === named) ?? "batch";
  const inInbox = usePathname().startsWith("/inbox");
  return (
    <nav aria-label="Inbox" className="flex items-center sm:gap-1">
      {TABS.map(({ queue, label }) => {
        const isCurrent = inInbox && current === queue;
        if (queue === "after" && !isCurrent && !counts?.after) return null;
        return (
          <Link
            key={queue}
            href={`/inbox?queue=${queue}`}
            onClick={(event) => {
              if (!navigator.current || event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              navigator.current({ queue, id: null, filters: {}, from: null });
            }}
            aria-current={isCurrent ? "page" : undefined}
            className={classNames(
              "flex h-8 items-center gap-1 rounded-md px-1.5 font-medium text-sm sm:gap-1.5 sm:px-2.5",
              isCurrent ? "bg-accent-soft text-accent" : "text-muted hover:bg-hover hover:text-ink",
            )}
          >
            {label}
            {counts && (
              <span className="tabular text-xs">
                {counts[queue] >= countLimit ? `${(countLimit - 1).toLocaleString("en-US")}+` : counts[queue]}
              </span>
            )}
          </Link>
        );
      })}
    </nav>
  );
}
