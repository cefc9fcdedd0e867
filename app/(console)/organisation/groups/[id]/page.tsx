import type { Metadata } from "next";
import { GroupPage } from "@/components/organisation/groups/group-page";
import { createContext } from "@/lib/adapters/context";
import { orNotFound } from "@/lib/adapters/or-not-found";
import { readSearchParams } from "@/lib/adapters/read-search-params";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { getGroup } from "@/lib/directory/get-group";
import {
  addGroupMemberAction,
  deleteGroupAction,
  removeGroupMemberAction,
  renameGroupAction,
} from "../actions";

export const metadata: Metadata = { title: "Group" };

export default async function OneGroupPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requirePerson();
  const { id } = await params;
  const { page } = readSearchParams(await searchParams);
  const group = await orNotFound(getGroup(await createContext(actor), { id, page }));
  return (
    <GroupPage
      group={group}
      mayWrite={may(actor, "organisation.write")}
      actions={{
        add: addGroupMemberAction,
        remove: removeGroupMemberAction,
        rename: renameGroupAction,
        delete: deleteGroupAction,
      }}
    />
  );
}
