"use client";

import { useTable } from "@tanstack/react-table";
import { useRouter } from "next/navigation";
import { useEffect, useMemo, useRef } from "react";
import { useKeys } from "@/components/shell/use-keys";
import { classNames } from "@/components/ui/class-names";
import type { InboxItem, Queue } from "@/lib/drafts/types";
import { features, inboxColumns } from "./columns";
import { useQueueStore } from "./queue-store";

/** The list of one queue: `j`/`k` move the focus from row to row, Enter or `o` opens. */
export function InboxTable({
  items,
  queue,
  serverNow,
}: {
  items: InboxItem[];
  queue: Queue;
  serverNow: number;
}) {
  const router = useRouter();
  const { selectedId, select } = useQueueStore();
  const body = useRef<HTMLTableSectionElement>(null);
  const columns = useMemo(() => inboxColumns(queue, serverNow), [queue, serverNow]);
  const table = useTable({ features, columns, data: items, getRowId: (item) => item.id });

  const index = items.findIndex(({ id }) => id === selectedId);
  const focusRow = (id: string) =>
    body.current?.querySelector<HTMLAnchorElement>(`[data-draft-id="${CSS.escape(id)}"] a`)?.focus();
  const moveTo = (at: number) => {
    const item = items[Math.max(0, Math.min(at, items.length - 1))];
    if (!item) return;
    select(item.id);
    focusRow(item.id);
  };
  const open = () => {
    const item = items[index] ?? items[0];
    if (item) router.push(`/inbox/${item.id}?queue=${queue}`);
  };
  useKeys({ j: () => moveTo(index + 1), k: () => moveTo(index === -1 ? 0 : index - 1), o: open });
  useEnterWithoutFocus(open);

  // Coming back from an item, the row it was is under the eye again.
  const restored = useRef(false);
  useEffect(() => {
    if (restored.current || !selectedId) return;
    restored.current = true;
    body.current?.querySelector<HTMLAnchorElement>(`[data-draft-id="${CSS.escape(selectedId)}"] a`)?.focus();
  });

  return (
    <table aria-label="Drafts waiting" className="w-full bg-surface table-fixed border-collapse text-sm">
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id} className="border-b text-left text-muted text-xs">
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
      <tbody ref={body}>
        {table.getRowModel().rows.map((row) => {
          const isSelected = row.id === selectedId;
          return (
            <tr
              key={row.id}
              data-draft-id={row.id}
              data-selected={isSelected || undefined}
              onFocus={() => select(row.id)}
              className={classNames(
                "relative h-11 border-b hover:bg-hover",
                "has-[a:focus-visible]:shadow-[inset_3px_0_0_var(--color-accent)]",
                isSelected && "bg-accent-soft hover:bg-accent-soft",
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
      </tbody>
    </table>
  );
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
