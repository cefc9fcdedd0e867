import { createColumnHelper, metaHelper, tableFeatures } from "@tanstack/react-table";
import Link from "next/link";
import { formatUtc } from "@/components/ui/format-time";
import { formatMoney } from "@/components/ui/format-value";
import { HostileText } from "@/components/ui/hostile-text";
import { TierBadge } from "@/components/ui/tier-badge";
import type { HistoryItem } from "@/lib/drafts/list-history";
import { becameOf, deciderOf } from "./became";
import { BecameBadge } from "./became-badge";

interface ColumnMeta {
  className: string;
}

export const features = tableFeatures({ columnMeta: metaHelper<ColumnMeta>() });
const helper = createColumnHelper<typeof features, HistoryItem>();

/** Where a row leads: the review screen, to look at. */
export const hrefOf = (item: HistoryItem): string => `/inbox/${encodeURIComponent(item.id)}?from=history`;

/** The history's columns. On a phone the summary carries what the hidden ones say. `zone` is the reader's. */
export const historyColumns = (zone: string) =>
  helper.columns([
    helper.display({
      id: "became",
      header: "Outcome",
      meta: { className: "hidden w-36 pl-4 sm:table-cell" },
      cell: ({ row: { original } }) => <BecameBadge became={becameOf(original)} />,
    }),
    helper.accessor("summary", {
      header: "Draft",
      meta: { className: "pl-3 pr-3 sm:pl-0" },
      cell: ({ row: { original } }) => <Summary item={original} zone={zone} />,
    }),
    helper.accessor("amount", {
      header: "Amount",
      meta: { className: "w-24 pr-3 text-right align-top tabular sm:w-28 sm:pr-0 sm:align-middle" },
      cell: ({ row: { original } }) =>
        original.amount === null ? (
          <span className="text-muted">—</span>
        ) : (
          <span className="font-medium">{formatMoney(original.amount, original.currency)}</span>
        ),
    }),
    helper.accessor("tier", {
      header: "Tier",
      meta: { className: "hidden w-28 pl-6 md:table-cell" },
      cell: ({ getValue }) => <TierBadge tier={getValue()} />,
    }),
    helper.accessor("agentName", {
      header: "Agent",
      meta: { className: "hidden w-40 pl-2 lg:table-cell" },
      cell: ({ getValue }) => <span className="block truncate text-muted">{getValue()}</span>,
    }),
    helper.display({
      id: "decider",
      header: "Decided by",
      meta: { className: "hidden w-40 pl-2 sm:table-cell" },
      cell: ({ row: { original } }) => <Decider item={original} />,
    }),
    helper.accessor("decidedAt", {
      header: "Time",
      meta: { className: "hidden w-16 pr-4 text-right sm:table-cell" },
      cell: ({ getValue }) => <Clock at={getValue()} zone={zone} />,
    }),
  ]);

function Summary({ item, zone }: { item: HistoryItem; zone: string }) {
  return (
    <div className="min-w-0">
      <div className="flex min-w-0 items-baseline gap-2">
        <span className="hidden shrink-0 text-muted sm:inline">{item.title}</span>
        <Link
          href={hrefOf(item)}
          prefetch={false}
          className="line-clamp-2 min-w-0 scroll-mt-36 font-medium after:absolute after:inset-0 focus-visible:outline-none sm:line-clamp-1"
        >
          <HostileText text={item.summary} />
        </Link>
      </div>
      <p className="mt-0.5 truncate text-muted text-xs">
        <span title={item.subject.type}>
          <HostileText text={item.subject.id} oneLine />
        </span>
        {item.decision?.reason && (
          <>
            {" · “"}
            <HostileText text={item.decision.reason} oneLine />
            {"”"}
          </>
        )}
      </p>
      <div className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-0.5 text-muted text-xs sm:hidden">
        <BecameBadge became={becameOf(item)} />
        <Decider item={item} />
        <Clock at={item.decidedAt} zone={zone} />
      </div>
    </div>
  );
}

function Decider({ item }: { item: HistoryItem }) {
  const decider = deciderOf(item);
  return "person" in decider ? (
    <span className="flex min-w-0 items-baseline gap-1 sm:block">
      <span className="truncate sm:block">
        <HostileText text={decider.person} oneLine />
      </span>
      {item.imported && (
        <span
          title="Decided elsewhere, before Countersign, and brought in"
          className="text-muted sm:block sm:text-xs"
        >
          <span className="sm:hidden">· </span>imported
        </span>
      )}
    </span>
  ) : (
    <span className="truncate text-muted sm:block">{decider.other}</span>
  );
}

const Clock = ({ at, zone }: { at: string; zone: string }) => (
  <time dateTime={at} title={formatUtc(at)} className="tabular text-muted">
    {new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(
      new Date(at),
    )}
  </time>
);
