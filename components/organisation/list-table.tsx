import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

export interface ListColumn {
  label: string;
  /** Where it is shown and how wide it is; the same for head and cells. */
  className?: string;
}

/** A list as a table in its box; rows are ListRow. On a phone the first cell says what the hidden ones do. */
export function ListTable({
  label,
  columns,
  children,
}: {
  label: string;
  columns: ListColumn[];
  children: ReactNode;
}) {
  return (
    <div className="overflow-hidden rounded-lg border bg-surface">
      <table aria-label={label} className="w-full table-fixed border-collapse text-sm">
        <thead>
          <tr className="border-b bg-sunken text-left text-muted text-xs">
            {columns.map((column) => (
              <th
                key={column.label}
                scope="col"
                className={classNames("px-3 py-1.5 font-medium", column.className)}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">{children}</tbody>
      </table>
    </div>
  );
}

export function ListRow({ columns, cells }: { columns: ListColumn[]; cells: ReactNode[] }) {
  return (
    <tr className="relative hover:bg-hover has-[a:focus-visible]:shadow-[inset_3px_0_0_var(--color-accent)]">
      {columns.map((column, index) => (
        <td key={column.label} className={classNames("px-3 py-2 align-middle", column.className)}>
          {cells[index]}
        </td>
      ))}
    </tr>
  );
}

/** Makes the whole row a link. */
export const ROW_LINK = "font-medium after:absolute after:inset-0 focus-visible:outline-none";
