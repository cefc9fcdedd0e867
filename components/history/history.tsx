"use client";

import { SearchX } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useOptimistic, useRef, useState, useTransition } from "react";
import { FilterBar } from "@/components/find/filter-bar";
import { SavedViews, type ViewActions } from "@/components/find/saved-views";
import type { ServerAction } from "@/components/organisation/server-action";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toasts";
import { hasFilters, writeFilters } from "@/lib/drafts/filter-params";
import type { HistoryFilters } from "@/lib/drafts/history-filters";
import type { FilterOptions } from "@/lib/drafts/list-filter-options";
import type { HistoryPage, listHistory } from "@/lib/drafts/list-history";
import type { SavedView } from "@/lib/views/list-views";
import { HistoryTable } from "./history-table";
import { rememberHistory } from "./last-history";

interface Props {
  page: HistoryPage;
  filters: HistoryFilters;
  dropped: string[];
  options: FilterOptions;
  /** The name of the one person whose decisions are asked for. */
  decider: string | null;
  views: SavedView[];
  serverNow: number;
  loadMore: ServerAction<typeof listHistory>;
  viewActions: ViewActions;
}

const pathOf = (filters: HistoryFilters): string => {
  const query = writeFilters(filters);
  return query.size > 0 ? `/history?${query}` : "/history";
};

/** What was decided, narrowed by filters that live in the address. */
export function History({ page, filters, dropped, options, decider, views, serverNow, ...actions }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [shown, setShown] = useOptimistic(filters);
  const path = pathOf(filters);
  useEffect(() => rememberHistory(path), [path]);
  const show = (next: HistoryFilters) => {
    // Another list is read from its beginning.
    window.scrollTo(0, 0);
    startTransition(() => {
      setShown(next);
      router.replace(pathOf(next), { scroll: false });
    });
  };
  return (
    <div className="pb-6">
      <FilterBar
        list="history"
        value={shown}
        onChange={show}
        options={options}
        personName={(id) => (id === filters.decidedBy ? decider : null)}
        dropped={dropped}
        busy={isPending}
      >
        <SavedViews views={views} path={path} actions={actions.viewActions} />
      </FilterBar>
      <div
        aria-busy={isPending}
        className={isPending ? "opacity-60 transition-opacity delay-150" : undefined}
      >
        {page.items.length === 0 ? (
          <EmptyHistory filters={filters} show={show} />
        ) : (
          <Pages first={page} filters={filters} serverNow={serverNow} load={actions.loadMore} />
        )}
      </div>
    </div>
  );
}

/** The first page, and those that were asked for after it. */
function Pages({
  first,
  filters,
  serverNow,
  load,
}: {
  first: HistoryPage;
  filters: HistoryFilters;
  serverNow: number;
  load: Props["loadMore"];
}) {
  const toast = useToast();
  const [more, setMore] = useState<HistoryPage[]>([]);
  const [isLoading, setLoading] = useState(false);
  const [received, setReceived] = useState(first);
  if (first !== received) {
    // Read anew: what came after the former first page would leave a gap or a double.
    setReceived(first);
    setMore([]);
    setLoading(false);
  }
  const latest = useRef(first);
  useEffect(() => {
    latest.current = first;
  });
  const pages = [first, ...more];
  const { nextCursor } = pages.at(-1)!;
  const loadNext = async () => {
    if (!nextCursor || isLoading) return;
    setLoading(true);
    const result = await load({ filters, cursor: nextCursor }).catch(() => null);
    if (latest.current !== first) return;
    setLoading(false);
    if (result?.ok) setMore((before) => [...before, result.data]);
    else {
      const body = result?.message ?? "The server did not answer. Try again in a moment.";
      toast({ tone: "bad", title: "The earlier decisions could not be read", body });
    }
  };
  return (
    <>
      <HistoryTable items={pages.flatMap(({ items }) => items)} serverNow={serverNow} onEnd={loadNext} />
      {nextCursor && (
        <div className="flex justify-center py-4">
          <Button onClick={loadNext} disabled={isLoading}>
            {isLoading ? "Loading…" : "Load earlier"}
          </Button>
        </div>
      )}
    </>
  );
}

/** Nothing to show: says what to change. */
function EmptyHistory({
  filters,
  show,
}: {
  filters: HistoryFilters;
  show: (filters: HistoryFilters) => void;
}) {
  const isNarrowed = hasFilters(filters);
  const { period, from, to, zone, ...anyTime } = filters;
  const hasTime = period !== undefined || from !== undefined || to !== undefined;
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center px-4 py-24 text-center">
      <SearchX aria-hidden="true" className="size-8 text-muted" />
      <h2 className="mt-3 font-semibold text-base">
        {isNarrowed ? "No decision matches" : "Nothing has been decided yet"}
      </h2>
      <p className="mt-1 text-muted text-sm">
        {isNarrowed
          ? "Remove a filter or search for fewer words: all of them have to match. What still waits is in the inbox."
          : "What people decide, and what policies let run by themselves, is kept here."}
      </p>
      {isNarrowed && (
        <div className="mt-4 flex flex-wrap justify-center gap-2">
          {hasTime && hasFilters(anyTime) && <Button onClick={() => show(anyTime)}>Look at any time</Button>}
          <Button onClick={() => show({})}>Clear everything</Button>
        </div>
      )}
    </div>
  );
}
