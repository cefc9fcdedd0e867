"use client";

import { Layers } from "lucide-react";
import { useRouter } from "next/navigation";
import { FilterBar } from "@/components/find/filter-bar";
import { SavedViews, type ViewActions } from "@/components/find/saved-views";
import { useKeys } from "@/components/shell/use-keys";
import { Button } from "@/components/ui/button";
import type { VisibleItems } from "@/components/workspace/use-visible-items";
import { pathOf, type View } from "@/components/workspace/view";
import { useInboxState } from "@/components/workspace/workspace-provider";
import type { FilterOptions } from "@/lib/drafts/list-filter-options";
import type { SavedView } from "@/lib/views/list-views";

/** What the tools above a queue need of the server. */
export interface ListToolsData {
  options: FilterOptions;
  views: SavedView[];
  viewActions: ViewActions;
  /** Parameters of the address that make no sense and were left out. */
  dropped: string[];
}

/** Above the rows: what narrows them, how many there are, and the way to ten at a time. */
export function ListTools({
  view,
  visible,
  navigate,
  tools,
  mayDecide,
}: {
  view: View;
  visible: VisibleItems;
  navigate: (view: Partial<View>) => void;
  tools: ListToolsData;
  mayDecide: boolean;
}) {
  const router = useRouter();
  const { selectedId } = useInboxState();
  const { items, isFiltered, isLoading, hasMore } = visible;
  const isBatch = view.queue === "batch" && mayDecide && items.length > 0;
  const openBatch = () => {
    const of = items.find(({ id }) => id === selectedId) ?? items[0];
    if (of) router.push(`/inbox/batch?of=${encodeURIComponent(of.id)}`);
  };
  useKeys(isBatch ? { b: openBatch } : {}, { b: "Ten at a time" });
  return (
    <FilterBar
      list="inbox"
      value={view.filters}
      onChange={(filters) => navigate({ filters })}
      options={tools.options}
      dropped={tools.dropped}
      searchWaitMs={0}
      busy={isFiltered && isLoading}
    >
      <span role="status" className="tabular whitespace-nowrap text-muted text-xs">
        {isFiltered && `${items.length.toLocaleString("en-US")}${hasMore ? "+" : ""} found`}
      </span>
      <SavedViews views={tools.views} path={pathOf({ ...view, id: null })} actions={tools.viewActions} />
      {isBatch && (
        <Button hint="b" onClick={openBatch} className="min-h-8 px-2 sm:px-3">
          <Layers aria-hidden="true" className="size-3.5" />
          <span>
            Ten<span className="sr-only sm:not-sr-only"> at a time</span>
          </span>
        </Button>
      )}
    </FilterBar>
  );
}
