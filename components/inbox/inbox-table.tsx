"use client";

import { useTable } from "@tanstack/react-table";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useKeys } from "@/components/shell/use-keys";
import { classNames } from "@/components/ui/class-names";
import type { VisibleItems } from "@/components/workspace/use-visible-items";
import type { View } from "@/components/workspace/view";
import { useInboxState, useWorkspace } from "@/components/workspace/workspace-provider";
import type { InboxItem } from "@/lib/drafts/types";
import { features, inboxColumns } from "./columns";

/** Heights of a row in pixels, on a laptop and on a phone: good guesses, until a row is drawn and measured. */
const ROW = 44;
const PHONE_ROW = 84;
const PHONE = "(width < 40rem)";
/** So many are drawn on the server, and before the browser knows its height. */
const FIRST_ROWS = 30;
/** The row under the hand is kept this far from the edges. */
const HEADER_HEIGHT = 150;

/** The rows of one queue, only those near the screen drawn: `j`/`k` move from row to row, Enter or `o` opens. */
export function InboxTable({
  items,
  view,
  serverNow,
  visible,
  navigate,
}: {
  items: readonly InboxItem[];
  view: View;
  serverNow: number;
  visible: VisibleItems;
  navigate: (view: Partial<View>) => void;
}) {
  const { store, fetchScreen } = useWorkspace();
  const { selectedId, gone } = useInboxState();
  const open = (id: string) => {
    store.select(id);
    navigate({ id });
  };
  const openRef = useRef(open);
  useEffect(() => {
    openRef.current = open;
  });
  const columns = useMemo(
    () => inboxColumns({ view, serverNow, open: (id) => openRef.current(id) }),
    [view, serverNow],
  );
  const isPhone = useIsPhone();
  const list = useRef<HTMLTableElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    setTop(list.current?.tBodies[0]?.offsetTop ?? 0);
  }, []);
  const virtualizer = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => (isPhone ? PHONE_ROW : ROW),
    overscan: 12,
    scrollMargin: top,
    scrollPaddingStart: HEADER_HEIGHT,
    scrollPaddingEnd: ROW,
    initialRect: { width: 1280, height: FIRST_ROWS * ROW },
    getItemKey: (at) => items[at]?.id ?? at,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another width has other heights
  useEffect(() => virtualizer.measure(), [virtualizer, isPhone]);
  const drawn = virtualizer.getVirtualItems();
  // The table knows only the rows that are drawn: ten thousand would be made anew with every letter of a search.
  const from = drawn[0]?.index ?? 0;
  const until = (drawn.at(-1)?.index ?? -1) + 1;
  const data = useMemo(() => items.slice(from, until), [items, from, until]);
  const table = useTable({ features, columns, data, getRowId: (item) => item.id });
  const rows = table.getRowModel().rows;
  const before = (drawn[0]?.start ?? top) - top;
  const after = virtualizer.getTotalSize() + top - (drawn.at(-1)?.end ?? top) - top;

  const index = items.findIndex(({ id }) => id === selectedId);
  // The focus follows the selection once its row is drawn.
  const wantsFocus = useRef<string | null>(null);
  const moveTo = (at: number) => {
    const item = items[Math.max(0, Math.min(at, items.length - 1))];
    if (!item) return;
    wantsFocus.current = item.id;
    store.select(item.id);
    virtualizer.scrollToIndex(items.indexOf(item), { align: "auto" });
  };
  useEffect(() => {
    if (!wantsFocus.current) return;
    const row = list.current?.querySelector<HTMLElement>(
      `[data-draft-id="${CSS.escape(wantsFocus.current)}"] a`,
    );
    if (!row) return;
    wantsFocus.current = null;
    row.focus({ preventScroll: true });
  });
  const openSelected = () => {
    const item = items[index] ?? items[0];
    if (item) open(item.id);
  };
  useKeys({
    j: () => moveTo(index + 1),
    k: () => moveTo(index === -1 ? 0 : index - 1),
    o: openSelected,
  });
  useEnterWithoutFocus(openSelected);

  // Coming back from an item, the row it was is under the eye again.
  const restored = useRef(false);
  useEffect(() => {
    if (restored.current || !selectedId || top === 0) return;
    restored.current = true;
    const at = items.findIndex(({ id }) => id === selectedId);
    if (at === -1) return;
    wantsFocus.current = selectedId;
    virtualizer.scrollToIndex(at, { align: "auto" });
  });

  // The row under the hand opens at once: its screen is read ahead, and those after it.
  const ahead = items
    .slice(Math.max(index, 0), Math.max(index, 0) + 3)
    .map(({ id }) => id)
    .join(" ");
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const id of ahead.split(" ")) if (id && !store.state.screens.has(id)) void fetchScreen(id);
    }, 150);
    return () => clearTimeout(timer);
  }, [ahead, store, fetchScreen]);

  // What comes after the last page is read before anybody gets there.
  const last = drawn.at(-1)?.index ?? 0;
  const { hasMore, isLoading, failure, loadMore } = visible;
  useEffect(() => {
    if (hasMore && !isLoading && !failure && last > items.length - 60) loadMore();
  }, [hasMore, isLoading, failure, last, items.length, loadMore]);

  return (
    <table
      ref={list}
      aria-label="Drafts waiting"
      aria-rowcount={hasMore ? -1 : items.length + 1}
      className="w-full table-fixed border-collapse bg-surface text-sm"
    >
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id} aria-rowindex={1} className="border-b text-left text-muted text-xs">
            {group.headers.map((header) => (
              <th
                key={header.id}
                scope="col"
                className={classNames("py-2 font-medium", header.column.columnDef.meta?.className)}
              >
                <table.FlexRender header={header} />
              </th>
            ))}
          </tr>
        ))}
      </thead>
      <tbody>
        {before > 0 && <Spacer height={before} />}
        {drawn.map(({ index: at }) => {
          const row = rows[at - from];
          if (!row) return null;
          const isSelected = row.id === selectedId;
          const happened = gone.get(row.id);
          return (
            <tr
              key={row.id}
              ref={virtualizer.measureElement}
              data-index={at}
              data-draft-id={row.id}
              data-selected={isSelected || undefined}
              data-gone={happened}
              aria-rowindex={at + 2}
              onFocus={() => store.select(row.id)}
              className={classNames(
                "relative h-[5.25rem] border-b hover:bg-hover sm:h-11",
                "has-[a:focus-visible]:shadow-[inset_3px_0_0_var(--color-accent)]",
                isSelected && "bg-accent-soft hover:bg-accent-soft",
                happened !== undefined && "bg-sunken text-muted",
              )}
            >
              {row.getAllCells().map((cell) => (
                <td
                  key={cell.id}
                  className={classNames("py-2.5 align-middle sm:py-2", cell.column.columnDef.meta?.className)}
                >
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          );
        })}
        {after > 0 && <Spacer height={after} />}
      </tbody>
    </table>
  );
}

/** Keeps the place of rows that are not drawn. */
const Spacer = ({ height }: { height: number }) => (
  <tr>
    <td style={{ height }} className="p-0" />
  </tr>
);

function useIsPhone(): boolean {
  const [isPhone, setIsPhone] = useState(false);
  useLayoutEffect(() => {
    const query = window.matchMedia(PHONE);
    const read = () => setIsPhone(query.matches);
    read();
    query.addEventListener("change", read);
    return () => query.removeEventListener("change", read);
  }, []);
  return isPhone;
}

/** Enter opens the selected row also when nothing has the focus; on a link or button it does what it always does. */
function useEnterWithoutFocus(open: () => void): void {
  const latest = useRef(open);
  useEffect(() => {
    latest.current = open;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || event.defaultPrevented || event.repeat) return;
      if (event.target === document.body || (event.target as Element).id === "main") latest.current();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
