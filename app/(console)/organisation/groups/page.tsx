import type { Metadata } from "next";
import { GroupList } from "@/components/organisation/groups/group-list";
import { NewGroup } from "@/components/organisation/groups/new-group";
import { ListFilters } from "@/components/organisation/list-filters";
import { EmptyState, PageFrame } from "@/components/organisation/page-frame";
import { GROUPS } from "@/components/organisation/page-words";
import { Pager } from "@/components/organisation/pager";
import { createContext } from "@/lib/adapters/context";
import { readSearchParams } from "@/lib/adapters/read-search-params";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { listGroups } from "@/lib/directory/list-groups";
import { createGroupAction } from "./actions";

export const metadata: Metadata = { title: GROUPS.title };

export default async function GroupsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requirePerson();
  const { q, page } = readSearchParams(await searchParams);
  const groups = await listGroups(await createContext(actor), { query: q, page });
  return (
    <PageFrame
      {...GROUPS}
      actions={may(actor, "organisation.write") && <NewGroup create={createGroupAction} />}
    >
      <ListFilters searchLabel="Search groups" />
      {groups.rows.length > 0 ? (
        <GroupList groups={groups.rows} />
      ) : (
        <EmptyState title={q ? "No group matches" : "There is no group yet"}>
          {!q && "Put the people together whom an approver rule should ask, then let the rule ask the group."}
        </EmptyState>
      )}
      <Pager {...groups} />
    </PageFrame>
  );
}
