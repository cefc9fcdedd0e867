"use client";

import { useTable } from "@tanstack/react-table";
import { ArrowDown, ArrowUp, Download } from "lucide-react";
import { useMemo } from "react";
import { classNames } from "@/components/ui/class-names";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { FigureRow } from "@/lib/insights/figures/types";
import { ColumnMeanings } from "../column-meanings";
import type { FigureTableSetting } from "./figure-cells";
import { features, figureColumns } from "./figure-columns";

/** Figures by one dimension, to sort by any column and to take along as CSV. */
export function FigureTable({
  title,
  rows,
  exportHref,
  none,
  ...setting
}: FigureTableSetting & {
  title: string;
  rows: FigureRow[];
  /** Where the same is to be had as CSV. */
  exportHref: string;
  /** What it says without rows. */
  none: string;
}) {
  const { by, period, series, details } = setting;
  const columns = useMemo(
    () => figureColumns({ by, period, series, details }),
    [by, period, series, details],
  );
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: (row) => `${row.actionType} ${row.rule ?? ""} ${row.agent?.id ?? ""}`,
    initialState: { sorting: [{ id: "decided", desc: true }] },
    enableSortingRemoval: false,
    enableMultiSort: false,
  });
  return (
    <section aria-label={title} className="rounded-lg border bg-surface">
      <header className="flex items-center justify-between gap-3 px-3.5 py-2">
        <h2 className="font-semibold text-sm">{title}</h2>
        {rows.length > 0 && (
          <a
            href={exportHref}
            download
            className="inline-flex min-h-7 items-center gap-1.5 rounded px-1.5 font-medium text-muted text-xs hover:bg-hover hover:text-ink"
          >
            <Download aria-hidden="true" className="size-3.5" />
            CSV<span className="sr-only"> of {title.toLowerCase()}</span>
          </a>
        )}
      </header>
      {rows.length === 0 ? (
        <p className="border-t px-3.5 py-6 text-center text-muted text-sm">{none}</p>
      ) : (
        <ScrollRegion label={`${title}, scrolls sideways`} className="relative overflow-x-auto border-t">
          <table
            aria-label={title}
            className="w-full min-w-[52rem] sm:min-w-[59rem] table-fixed border-collapse text-sm"
          >
            <thead>
              {table.getHeaderGroups().map((group) => (
                <tr key={group.id} className="border-b bg-sunken text-muted text-xs">
                  {group.headers.map((header) => {
                    const sorted = header.column.getIsSorted();
                    const { className, about } = header.column.columnDef.meta ?? {};
                    return (
                      <th
                        key={header.id}
                        scope="col"
                        aria-sort={sorted ? (sorted === "asc" ? "ascending" : "descending") : "none"}
                        className={classNames("py-1 font-medium first:text-left", className)}
                      >
                        <button
                          type="button"
                          title={about}
                          onClick={header.column.getToggleSortingHandler()}
                          className="inline-flex min-h-6 items-center gap-0.5 rounded font-medium whitespace-nowrap hover:text-ink"
                        >
                          <table.FlexRender header={header} />
                          {sorted === "asc" && <ArrowUp aria-hidden="true" className="size-3" />}
                          {sorted === "desc" && <ArrowDown aria-hidden="true" className="size-3" />}
                        </button>
                      </th>
                    );
                  })}
                </tr>
              ))}
            </thead>
            <tbody className="divide-y divide-line">
              {table.getRowModel().rows.map((row) => (
                <tr key={row.id} className="bg-surface hover:bg-hover">
                  {row.getAllCells().map((cell) => (
                    <td
                      key={cell.id}
                      className={classNames(
                        "tabular py-1.5 align-top",
                        cell.column.columnDef.meta?.className,
                      )}
                    >
                      <table.FlexRender cell={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {rows.length > 0 && by !== "agent" && (
        <ColumnMeanings
          className="border-t px-3.5 py-2"
          columns={columns.map(({ header, meta }) => ({ label: String(header), meaning: meta?.about }))}
        />
      )}
    </section>
  );
}
