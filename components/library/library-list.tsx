import Link from "next/link";
import { Chip } from "@/components/organisation/chips";
import { type ListColumn, ListRow, ListTable, ROW_LINK } from "@/components/organisation/list-table";
import { OutcomeBadge } from "@/components/review/outcome-badge";
import { formatMoney } from "@/components/ui/format-value";
import { HostileText } from "@/components/ui/hostile-text";
import { LocalDay } from "@/components/ui/local-day";
import type { LibraryItem } from "@/lib/examples/list-examples";

const COLUMNS: ListColumn[] = [
  { label: "Outcome", className: "hidden w-32 sm:table-cell" },
  { label: "Example" },
  { label: "Decided", className: "hidden w-32 text-right md:table-cell" },
];

/** A page of the library; each row leads to the example. */
export function LibraryList({ items }: { items: LibraryItem[] }) {
  return (
    <ListTable label="Examples" columns={COLUMNS}>
      {items.map((item) => (
        <ListRow
          key={item.id}
          columns={COLUMNS}
          cells={[
            <OutcomeBadge key="outcome" outcome={item.outcome} />,
            <What key="what" item={item} />,
            <span key="decided" className="block text-muted text-xs">
              <span className="block truncate">{item.decidedBy ?? "somebody"}</span>
              <LocalDay at={item.decidedAt} />
            </span>,
          ]}
        />
      ))}
    </ListTable>
  );
}

function What({ item }: { item: LibraryItem }) {
  return (
    <div className="min-w-0">
      <div className="mb-1 flex flex-wrap items-center gap-1.5 sm:hidden">
        <OutcomeBadge outcome={item.outcome} />
        <span className="text-muted text-xs">
          {item.title}, <LocalDay at={item.decidedAt} />
        </span>
      </div>
      <div className="flex min-w-0 items-baseline gap-2">
        <Link
          href={`/insights/library/${item.id}`}
          prefetch={false}
          className={`${ROW_LINK} line-clamp-2 min-w-0`}
        >
          <HostileText text={item.summary} />
        </Link>
        {item.amount !== null && (
          <span className="tabular shrink-0 text-muted text-xs">
            {formatMoney(item.amount, item.currency)}
          </span>
        )}
      </div>
      <div className="mt-0.5 flex min-w-0 items-center gap-1.5 text-muted text-xs">
        <span className="hidden shrink-0 sm:inline">{item.title}</span>
        {item.withdrawn && <Chip look="warn">withdrawn</Chip>}
        {item.imported && <Chip>imported</Chip>}
        {!item.covered && <Chip title="No policy covers its action type">no policy</Chip>}
        {item.similarity !== null && (
          <Chip look="accent" title="Cosine similarity to the words">
            {Math.round(item.similarity * 100)}% alike
          </Chip>
        )}
        {item.reason && (
          <span className="line-clamp-1 min-w-0">
            “<HostileText text={item.reason} />”
          </span>
        )}
      </div>
    </div>
  );
}
