import { createColumnHelper, metaHelper, tableFeatures } from "@tanstack/react-table";
import { formatMoney } from "@/components/ui/format-value";
import { HostileText } from "@/components/ui/hostile-text";
import { TierBadge } from "@/components/ui/tier-badge";
import { Age, TimeLeft } from "@/components/ui/time-left";
import { pathOf, type View } from "@/components/workspace/view";
import { useInboxState } from "@/components/workspace/workspace-provider";
import type { InboxItem } from "@/lib/drafts/types";

/** The list that the columns belong to. */
interface List {
  view: View;
  serverNow: number;
  /** Opens an item without asking the server for a page. */
  open: (id: string) => void;
}

interface ColumnMeta {
  className: string;
}

export const features = tableFeatures({ columnMeta: metaHelper<ColumnMeta>() });
const helper = createColumnHelper<typeof features, InboxItem>();

/** The inbox's columns. On a phone the summary carries what the hidden ones say. */
export const inboxColumns = (list: List) =>
  helper.columns([
    helper.accessor("tier", {
      header: "Tier",
      meta: { className: "hidden w-28 pl-3 sm:table-cell sm:pl-4" },
      cell: ({ getValue }) => <TierBadge tier={getValue()} />,
    }),
    helper.accessor("summary", {
      header: "Draft",
      meta: { className: "pl-3 sm:pl-0" },
      cell: ({ row: { original } }) => <Summary item={original} {...list} />,
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
      cell: ({ getValue }) => <Age at={getValue()} serverNow={list.serverNow} />,
    }),
    helper.accessor("dueAt", {
      header: "Time left",
      meta: { className: "hidden w-28 pr-4 text-right sm:table-cell" },
      cell: ({ getValue }) => <TimeLeft dueAt={getValue()} serverNow={list.serverNow} />,
    }),
  ]);

function Summary({ item, view, serverNow, open }: { item: InboxItem } & List) {
  const happened = useInboxState().gone.get(item.id);
  return (
    <div className="min-w-0">
      <div className="flex min-w-0 items-baseline gap-2">
        <span className="hidden shrink-0 text-muted sm:inline">{item.title}</span>
        <a
          href={pathOf({ ...view, id: item.id })}
          onClick={(event) => {
            // Another tab or window is the browser's to open.
            if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
            event.preventDefault();
            open(item.id);
          }}
          className="line-clamp-2 min-w-0 font-medium after:absolute after:inset-0 focus-visible:outline-none sm:line-clamp-1"
        >
          <HostileText text={item.summary} />
        </a>
        {happened && (
          <span className="shrink-0 rounded bg-accent-soft px-1 font-medium text-2xs text-accent">
            {happened.charAt(0).toUpperCase() + happened.slice(1)}
          </span>
        )}
        {item.answersYou && (
          <span
            title="The agent has revised what you sent back"
            className="shrink-0 rounded bg-accent-soft px-1 font-medium text-2xs text-accent"
          >
            Your changes made
          </span>
        )}
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
