import { createColumnHelper, metaHelper, tableFeatures } from "@tanstack/react-table";
import Link from "next/link";
import { formatMoney } from "@/components/ui/format-value";
import { HostileText } from "@/components/ui/hostile-text";
import { TierBadge } from "@/components/ui/tier-badge";
import { Age, TimeLeft } from "@/components/ui/time-left";
import type { InboxItem, Queue } from "@/lib/drafts/types";

interface ColumnMeta {
  className: string;
}

export const features = tableFeatures({ columnMeta: metaHelper<ColumnMeta>() });
const helper = createColumnHelper<typeof features, InboxItem>();

/** The inbox's columns. On a phone the summary carries what the hidden ones say. */
export const inboxColumns = (queue: Queue, serverNow: number) =>
  helper.columns([
    helper.accessor("tier", {
      header: "Tier",
      meta: { className: "hidden w-28 pl-3 sm:table-cell sm:pl-4" },
      cell: ({ getValue }) => <TierBadge tier={getValue()} />,
    }),
    helper.accessor("summary", {
      header: "Draft",
      meta: { className: "pl-3 sm:pl-0" },
      cell: ({ row: { original } }) => <Summary item={original} queue={queue} serverNow={serverNow} />,
    }),
    helper.accessor("amount", {
      header: "Amount",
      meta: { className: "w-28 pr-3 text-right tabular sm:pr-0" },
      cell: ({ row: { original } }) =>
        original.amount === null ? (
          <span className="text-muted">—</span>
        ) : (
          <span className="font-medium">{formatMoney(original.amount, original.currency)}</span>
        ),
    }),
    helper.accessor("agentName", {
      header: "Agent",
      meta: { className: "hidden w-44 pl-6 lg:table-cell" },
      cell: ({ getValue }) => <span className="block truncate text-muted">{getValue()}</span>,
    }),
    helper.accessor("createdAt", {
      header: "Age",
      meta: { className: "hidden w-20 pr-1 text-right md:table-cell" },
      cell: ({ getValue }) => <Age at={getValue()} serverNow={serverNow} />,
    }),
    helper.accessor("dueAt", {
      header: "Time left",
      meta: { className: "hidden w-28 pr-4 text-right sm:table-cell" },
      cell: ({ getValue }) => <TimeLeft dueAt={getValue()} serverNow={serverNow} />,
    }),
  ]);

function Summary({ item, queue, serverNow }: { item: InboxItem; queue: Queue; serverNow: number }) {
  return (
    <div className="min-w-0">
      <div className="flex min-w-0 items-baseline gap-2">
        <span className="hidden shrink-0 text-muted sm:inline">{item.title}</span>
        <Link
          href={`/inbox/${item.id}?queue=${queue}`}
          prefetch={false}
          className="line-clamp-2 min-w-0 font-medium after:absolute after:inset-0 focus-visible:outline-none sm:line-clamp-1"
        >
          <HostileText text={item.summary} />
        </Link>
        {item.held && (
          <span
            title="Its rule lets it run by itself; a hold brought it here"
            className="shrink-0 rounded bg-warn-soft px-1 font-medium text-2xs text-warn"
          >
            Held
          </span>
        )}
        {item.escalationLevel > 0 && (
          <span className="shrink-0 rounded bg-warn-soft px-1 font-medium text-2xs text-warn">Escalated</span>
        )}
      </div>
      <div className="mt-1 flex flex-wrap items-center gap-x-2 text-muted text-xs sm:hidden">
        <TierBadge tier={item.tier} />
        <span>{item.agentName}</span>
        <span>·</span>
        <TimeLeft dueAt={item.dueAt} serverNow={serverNow} />
      </div>
    </div>
  );
}
