import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

export interface BottleneckColumn<Row> {
  label: string;
  /** What it counts, exactly. */
  hint?: string;
  /** Text reads from the left, figures from the right. */
  isText?: boolean;
  cell: (row: Row) => ReactNode;
}

/** Figures with a row for each rule or person; it scrolls sideways on a phone, its first column stays. */
export function BottleneckTable<Row>({
  label,
  first,
  rows,
  columns,
}: {
  label: string;
  first: { label: string; cell: (row: Row) => ReactNode };
  rows: readonly { key: string; row: Row }[];
  columns: readonly BottleneckColumn<Row>[];
}) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on a phone, by keyboard too
      tabIndex={0}
      className="overflow-x-auto rounded-lg border bg-surface"
    >
      <table aria-label={label} className="w-full border-collapse text-sm">
        <thead>
          <tr className="border-b bg-sunken text-muted text-xs">
            <th scope="col" className="sticky left-0 bg-sunken px-3 py-1.5 text-left font-medium">
              {first.label}
            </th>
            {columns.map((column) => (
              <th
                key={column.label}
                scope="col"
                title={column.hint}
                className={classNames(
                  "px-3 py-1.5 font-medium whitespace-nowrap",
                  column.isText ? "text-left" : "text-right",
                )}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map(({ key, row }) => (
            <tr key={key}>
              <th
                scope="row"
                className="sticky left-0 min-w-32 max-w-44 bg-surface px-3 py-2 text-left align-top font-medium sm:max-w-64"
              >
                {first.cell(row)}
              </th>
              {columns.map((column) => (
                <td
                  key={column.label}
                  className={classNames(
                    "px-3 py-2 align-top",
                    column.isText ? "text-left" : "tabular text-right whitespace-nowrap",
                  )}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A count that stands back when it is nothing, and stands out when it is something to act on. */
export function Count({ count, isBad = false }: { count: number; isBad?: boolean }) {
  if (count === 0) return <span className="text-muted">0</span>;
  return <span className={isBad ? "font-semibold text-bad" : undefined}>{count.toLocaleString("en")}</span>;
}
