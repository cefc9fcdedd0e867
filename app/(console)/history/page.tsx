import type { Metadata } from "next";
import { History } from "@/components/history/history";
import { PeopleSearchProvider } from "@/components/organisation/people-search";
import { NoRole } from "@/components/shell/no-role";
import { createContext } from "@/lib/adapters/context";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { findPersonName } from "@/lib/directory/find-person-name";
import { readHistoryFilters } from "@/lib/drafts/filter-params";
import { listFilterOptions } from "@/lib/drafts/list-filter-options";
import { listHistory } from "@/lib/drafts/list-history";
import { listViews } from "@/lib/views/list-views";
import { searchParamsOf } from "../inbox/read-initial";
import { searchPeople } from "../organisation/actions";
import { deleteViewAction, loadHistory, saveViewAction } from "./actions";

export const metadata: Metadata = { title: "History" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function HistoryPage({ searchParams }: Props) {
  const actor = await requirePerson();
  if (!may(actor, "inbox.read")) return <NoRole />;
  const { filters, dropped } = readHistoryFilters(searchParamsOf(await searchParams));
  const { decidedBy } = filters;
  const ctx = await createContext(actor);
  const [page, options, views, decider] = await Promise.all([
    listHistory(ctx, { filters }),
    listFilterOptions(ctx),
    listViews(ctx),
    decidedBy && decidedBy !== "me" ? findPersonName(ctx, decidedBy) : null,
  ]);
  return (
    <PeopleSearchProvider search={searchPeople}>
      <h1 className="sr-only">History</h1>
      <History
        page={page}
        filters={filters}
        dropped={dropped}
        options={options}
        decider={decider}
        views={views}
        serverNow={ctx.now().getTime()}
        loadMore={loadHistory}
        viewActions={{ save: saveViewAction, remove: deleteViewAction }}
      />
    </PeopleSearchProvider>
  );
}
