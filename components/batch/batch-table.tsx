"use client";

import { type RefObject, useMemo } from "react";
import { classNames } from "@/components/ui/class-names";
import type { Batch } from "@/lib/drafts/batch/types";
import { BatchRow, type RowActions } from "./batch-row";

const HEAD = "py-1.5 pr-3 text-left align-bottom font-medium";

/** The drafts of a batch side by side. */
export function BatchTable({
  batch,
  table,
  mayDecide,
  selected,
  currentId,
  openId,
  gone,
  serverNow,
  actions,
}: {
  batch: Batch;
  table: RefObject<HTMLTableElement | null>;
  mayDecide: boolean;
  selected: ReadonlySet<string>;
  currentId: string | null;
  openId: string | null;
  gone: ReadonlyMap<string, string>;
  serverNow: number;
  actions: RowActions;
}) {
  const { comparison, items } = batch;
  const subjects = useMemo(() => [...new Set(items.map(({ subject }) => subject.type))], [items]);
  const subject = subjects.length === 1 ? capitalise(subjects[0]!) : "Subject";
  return (
    <table
      ref={table}
      aria-label="Drafts of this batch"
      className="block w-full border-collapse text-sm lg:table"
    >
      <thead className="hidden lg:table-header-group">
        <tr className="border-b text-muted text-xs">
          <th scope="col" className="w-10">
            <span className="sr-only">Selected</span>
          </th>
          <th scope="col" className={classNames(HEAD, "pl-4.5")}>
            {subject}
          </th>
          {comparison.columns.map(({ key, label, isNumeric }) => (
            <th
              key={key}
              scope="col"
              className={classNames(
                HEAD,
                label.length > 12 ? "min-w-28" : "min-w-16",
                isNumeric && "text-right",
              )}
            >
              {label}
            </th>
          ))}
          <th scope="col" className={HEAD}>
            In the agent's words
          </th>
          <th scope="col" className={HEAD}>
            Similar
          </th>
          <th scope="col" className={classNames(HEAD, "text-right whitespace-nowrap")}>
            Time left
          </th>
        </tr>
      </thead>
      <tbody className="block lg:table-row-group">
        {items.map((item) => (
          <BatchRow
            key={item.id}
            item={item}
            columns={comparison.columns}
            cells={comparison.cells[item.id] ?? {}}
            mayDecide={mayDecide}
            isChecked={selected.has(item.id)}
            isCurrent={item.id === currentId}
            isOpen={item.id === openId}
            gone={gone.get(item.id)}
            serverNow={serverNow}
            actions={actions}
          />
        ))}
      </tbody>
    </table>
  );
}

const capitalise = (text: string) => text.charAt(0).toUpperCase() + text.slice(1).replaceAll("_", " ");
