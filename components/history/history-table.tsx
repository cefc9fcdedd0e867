"use client";

import { useTable } from "@tanstack/react-table";
import { useRouter } from "next/navigation";
import { Fragment, useEffect, useMemo, useRef, useState } from "react";
import { useKeys } from "@/components/shell/use-keys";
import { classNames } from "@/components/ui/class-names";
import type { HistoryItem } from "@/lib/drafts/list-history";
import { features, historyColumns, hrefOf } from "./columns";
import { dayIn, dayLabel } from "./day";
import { useZone } from "./use-zone";

/** The row that was opened last on this screen: coming back, it is under the eye again. */
let lastOpenedId: string | null = null;

/** Decided drafts by day: `j`/`k` move the focus from row to row, Enter or `o` opens. */
export function HistoryTable({
  items,
  serverNow,
  onEnd,
}: {
  items: HistoryItem[];
  serverNow: number;
  /** Somebody wants to go on past the last row. */
  onEnd: () => void;
}) {
  const router = useRouter();
  const zone = useZone();
  const body = useRef<HTMLTableSectionElement>(null);
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const columns = useMemo(() => historyColumns(zone), [zone]);
  const table = useTable({ features, columns, data: items, getRowId: (item) => item.id });
  const today = dayIn(zone, serverNow);

  const index = items.findIndex(({ id }) => id === selectedId);
  const linkOf = (id: string) =>
    body.current?.querySelector<HTMLAnchorElement>(`[data-draft-id="${CSS.escape(id)}"] a`);
  const select = (id: string) => {
    lastOpenedId = id;
    setSelectedId(id);
  };
  const moveTo = (at: number) => {
    if (at >= items.length) onEnd();
    const item = items[Math.max(0, Math.min(at, items.length - 1))];
    if (item) linkOf(item.id)?.focus();
  };
  const open = () => {
    const item = items[index] ?? items[0];
    if (item) router.push(hrefOf(item));
  };
  useKeys({ j: () => moveTo(index + 1), k: () => moveTo(index === -1 ? 0 : index - 1), o: open });

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the list is back
  useEffect(() => {
    if (lastOpenedId && document.activeElement === document.body) linkOf(lastOpenedId)?.focus();
  }, []);

  return (
    <table aria-label="Decided drafts" className="w-full table-fixed border-collapse bg-surface text-sm">
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
        {table.getRowModel().rows.map((row, position) => {
          const day = dayIn(zone, Date.parse(row.original.decidedAt));
          const former = items[position - 1];
          const isNewDay = !former || dayIn(zone, Date.parse(former.decidedAt)) !== day;
          const isSelected = row.id === selectedId;
          return (
            <Fragment key={row.id}>
              {isNewDay && (
                <tr className="relative border-b">
                  {/* Without colSpan: a cell across all columns would bring the hidden ones back. */}
                  <th
                    scope="rowgroup"
                    className="whitespace-nowrap py-1.5 pl-3 text-left font-medium text-muted text-xs before:absolute before:inset-0 before:bg-page sm:pl-4"
                  >
                    <span className="relative">{dayLabel(day, today)}</span>
                  </th>
                </tr>
              )}
              <tr
                data-draft-id={row.id}
                data-selected={isSelected || undefined}
                onFocus={() => select(row.id)}
                className={classNames(
                  "relative h-12 border-b hover:bg-hover",
                  "has-[a:focus-visible]:shadow-[inset_3px_0_0_var(--color-accent)]",
                  isSelected && "bg-accent-soft hover:bg-accent-soft",
                )}
              >
                {row.getAllCells().map((cell) => (
                  <td
                    key={cell.id}
                    className={classNames(
                      "py-2 align-middle sm:py-1.5",
                      cell.column.columnDef.meta?.className,
                    )}
                  >
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}
