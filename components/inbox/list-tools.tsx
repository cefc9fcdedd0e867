"use client";

import type { VisibleItems } from "@/components/workspace/use-visible-items";
import type { View } from "@/components/workspace/view";
import type { FilterOptions } from "@/lib/drafts/list-filter-options";

/** Above the rows: what narrows them, and how many there are. */
export function ListTools({
  visible,
}: {
  view: View;
  visible: VisibleItems;
  navigate: (view: Partial<View>) => void;
  options: FilterOptions;
}) {
  return visible.isFiltered ? (
    <p className="px-4 py-2 text-muted text-sm">
      {visible.items.length.toLocaleString("en-US")} found{visible.isLoading && ", searching on…"}
    </p>
  ) : null;
}
