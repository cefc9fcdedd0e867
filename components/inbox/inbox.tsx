"use client";

import { useEffect, useRef } from "react";
import { useUndo } from "@/components/review/use-undo";
import { useKeys } from "@/components/shell/use-keys";
import { Button } from "@/components/ui/button";
import type { VisibleItems } from "@/components/workspace/use-visible-items";
import type { View } from "@/components/workspace/view";
import { useInboxState, useWorkspace } from "@/components/workspace/workspace-provider";
import type { InboxPage } from "@/lib/drafts/types";
import { ArrivalsLine } from "./arrivals-line";
import { EmptyQueue } from "./empty-queue";
import { InboxTable } from "./inbox-table";
import { ListTools, type ListToolsData } from "./list-tools";
import { LoadingRows } from "./loading-rows";

/** One queue: its filters, and its rows. */
export function Inbox({
  view,
  visible,
  counts,
  serverNow,
  navigate,
  tools,
  mayDecide,
}: {
  view: View;
  visible: VisibleItems;
  counts: InboxPage["counts"];
  serverNow: number;
  navigate: (view: Partial<View>) => void;
  tools: ListToolsData;
  mayDecide: boolean;
}) {
  const { resync } = useWorkspace();
  const state = useInboxState();
  const { undoLast } = useUndo(navigate);
  useKeys({ u: () => void undoLast() }, { u: "Undo the last decision" });
  // Somebody who comes back to the list wants it as it is now.
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current) resync();
    isFirst.current = false;
  }, [resync]);
  const isEmpty = visible.items.length === 0 && !visible.hasMore && !visible.isLoading;
  return (
    <div className="pb-6">
      <ListTools view={view} visible={visible} navigate={navigate} tools={tools} mayDecide={mayDecide} />
      <ArrivalsLine queue={view.queue} />
      {visible.isUnread && visible.items.length === 0 && !visible.failure ? (
        <LoadingRows />
      ) : isEmpty && !visible.failure ? (
        <EmptyQueue
          view={view}
          isFiltered={visible.isFiltered}
          ofAll={visible.ofAll}
          counts={state.counts ?? counts}
          navigate={navigate}
        />
      ) : (
        <InboxTable
          items={visible.items}
          view={view}
          serverNow={serverNow}
          visible={visible}
          navigate={navigate}
        />
      )}
      {visible.failure && (
        <div role="alert" className="flex flex-wrap items-center justify-center gap-3 py-4 text-sm">
          <span className="text-bad">The next drafts could not be read. {visible.failure}</span>
          <Button onClick={visible.loadMore}>Try again</Button>
        </div>
      )}
    </div>
  );
}
