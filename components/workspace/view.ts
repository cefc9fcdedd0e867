import { readInboxFilters, writeFilters } from "@/lib/drafts/filter-params";
import type { InboxFilters } from "@/lib/drafts/inbox-filters";
import { QUEUES, type Queue } from "@/lib/drafts/types";

/** What the inbox shows: a queue narrowed by filters, or one item of it. */
export interface View {
  queue: Queue;
  filters: InboxFilters;
  /** Null for the list. */
  id: string | null;
  /** Where an item was opened from, if not from its queue. */
  from: "history" | "batch" | null;
}

const ORIGINS = ["history", "batch"] as const;

/** The view that an address names, or null for an address that is not the inbox's. */
export function viewOf(pathname: string, params: URLSearchParams): View | null {
  const [, inbox, id, ...rest] = pathname.split("/");
  if (inbox !== "inbox" || rest.length > 0 || id === "batch") return null;
  const named = params.get("queue");
  return {
    queue: QUEUES.find((queue) => queue === named) ?? "batch",
    filters: readInboxFilters(params).filters,
    id: id ? decodeURIComponent(id) : null,
    from: ORIGINS.find((origin) => origin === params.get("from")) ?? null,
  };
}

/** The address of a view; reloading or sharing it shows the same. */
export function pathOf({ queue, filters, id, from }: View): string {
  const params = writeFilters(filters);
  params.set("queue", queue);
  if (from) params.set("from", from);
  return `/inbox${id === null ? "" : `/${encodeURIComponent(id)}`}?${params}`;
}
