import type { ReactNode } from "react";

/** Figures one below the other: what it is, and how much. */
export const FigureList = ({ items }: { items: { label: string; value: ReactNode; note?: string }[] }) => (
  <dl className="divide-y divide-line text-xs">
    {items.map(({ label, value, note }) => (
      <div key={label} className="flex items-baseline justify-between gap-3 py-1">
        <dt className="text-muted">{label}</dt>
        <dd className="text-right">
          <span className="tabular font-medium">{value}</span>
          {note && <span className="ml-1.5 text-muted">{note}</span>}
        </dd>
      </div>
    ))}
  </dl>
);
