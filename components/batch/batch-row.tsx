"use client";

import { Check, ChevronRight } from "lucide-react";
import { Checkbox } from "radix-ui";
import { memo } from "react";
import { classNames } from "@/components/ui/class-names";
import { HostileText } from "@/components/ui/hostile-text";
import { TimeLeft } from "@/components/ui/time-left";
import type { Cell, Column } from "@/lib/drafts/batch/compare-columns";
import type { BatchItem } from "@/lib/drafts/batch/types";
import { BatchPeek } from "./batch-peek";
import { PrecedentDots } from "./precedent-dots";

export interface RowActions {
  toggle: (id: string) => void;
  select: (id: string) => void;
  peek: (id: string) => void;
  reload: () => void;
}

/** One draft: what differs, the agent's words, how similar ones were decided. A card on a phone. */
export const BatchRow = memo(function BatchRow({
  item,
  columns,
  cells,
  mayDecide,
  isChecked,
  isCurrent,
  isOpen,
  gone,
  serverNow,
  actions,
}: {
  item: BatchItem;
  columns: Column[];
  cells: Record<string, Cell>;
  mayDecide: boolean;
  isChecked: boolean;
  isCurrent: boolean;
  isOpen: boolean;
  /** What happened to it meanwhile, in words. */
  gone: string | undefined;
  serverNow: number;
  actions: RowActions;
}) {
  const name = `${item.subject.type} ${item.subject.id}`;
  return (
    <>
      <tr
        data-row-id={item.id}
        data-current={isCurrent || undefined}
        onFocus={() => actions.select(item.id)}
        className={classNames(
          "grid grid-cols-[2.5rem_minmax(0,1fr)_auto] border-b lg:table-row",
          isCurrent ? "bg-accent-soft shadow-[inset_3px_0_0_var(--color-accent)]" : "hover:bg-hover",
          !isChecked && "text-muted",
        )}
      >
        <td className="row-span-3 px-1 lg:w-10 lg:align-middle">
          <Checkbox.Root
            checked={isChecked}
            disabled={!mayDecide || gone !== undefined}
            onCheckedChange={() => actions.toggle(item.id)}
            aria-label={`Select ${name}`}
            className="flex size-9 items-center justify-center rounded-md disabled:opacity-40"
          >
            <span
              className={classNames(
                "flex size-4 items-center justify-center rounded border",
                isChecked ? "border-accent bg-accent text-on-accent" : "border-strong-line bg-surface",
              )}
            >
              <Checkbox.Indicator>
                <Check aria-hidden="true" className="size-3" strokeWidth={3} />
              </Checkbox.Indicator>
            </span>
          </Checkbox.Root>
        </td>
        <td className="min-w-0 py-0.5 lg:max-w-48 lg:pr-3">
          <button
            type="button"
            data-peek
            aria-expanded={isOpen}
            onClick={() => actions.peek(item.id)}
            className="flex min-h-9 w-full min-w-0 items-center gap-1 rounded text-left"
          >
            <ChevronRight
              aria-hidden="true"
              className={classNames("size-3.5 shrink-0 text-muted", isOpen && "rotate-90")}
            />
            <span className="sr-only">{item.subject.type} </span>
            <span
              className={classNames("min-w-0 truncate font-medium", gone !== undefined && "line-through")}
            >
              <HostileText text={item.subject.id} oneLine />
            </span>
          </button>
        </td>
        {columns.map(({ key, label, isNumeric }) => {
          const cell = cells[key];
          return (
            <td
              key={key}
              className={classNames(
                "col-span-2 col-start-2 flex min-w-0 justify-between gap-4 pr-3 text-sm",
                "lg:table-cell lg:truncate lg:py-1.5 lg:align-middle",
                cell?.ids ? "lg:max-w-60" : "lg:max-w-36",
                isNumeric && "tabular lg:text-right",
              )}
            >
              <span aria-hidden="true" className="shrink-0 text-muted text-xs lg:hidden">
                {label}
              </span>
              <span
                title={cell?.ids ?? (cell?.isCut ? "More of it when the row is open" : undefined)}
                className={classNames(
                  "min-w-0 truncate",
                  key === "amount" && "font-semibold",
                  cell?.standsOut && "rounded bg-warn-soft px-1 font-medium text-warn",
                )}
              >
                <HostileText text={cell?.text ?? "—"} oneLine />
                {cell?.standsOut && <span className="sr-only"> (unlike most)</span>}
              </span>
            </td>
          );
        })}
        <td className="col-span-2 col-start-2 min-w-0 pr-3 pt-1 text-xs lg:w-full lg:max-w-0 lg:py-1.5 lg:align-middle">
          {gone === undefined ? (
            <span className="line-clamp-2 text-muted italic lg:line-clamp-1">
              <HostileText text={item.summary} />
            </span>
          ) : (
            <span className="font-medium text-warn">{gone}</span>
          )}
        </td>
        <td className="col-start-2 py-1.5 lg:pr-3 lg:align-middle">
          <PrecedentDots precedents={item.precedents} />
        </td>
        <td className="col-start-3 py-1.5 pr-3 text-right text-xs lg:align-middle lg:whitespace-nowrap">
          <TimeLeft dueAt={item.dueAt} serverNow={serverNow} />
        </td>
      </tr>
      {isOpen && (
        <tr className="block border-b lg:table-row">
          <td colSpan={columns.length + 5} className="block lg:table-cell">
            <BatchPeek item={item} onMoved={actions.reload} />
          </td>
        </tr>
      )}
    </>
  );
});
