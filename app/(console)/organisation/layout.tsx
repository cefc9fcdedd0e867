import type { ReactNode } from "react";
import { OrganisationNav } from "@/components/organisation/organisation-nav";
import { PeopleSearchProvider } from "@/components/organisation/people-search";
import { NoRole } from "@/components/shell/no-role";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { searchPeople } from "./actions";

export default async function OrganisationLayout({ children }: { children: ReactNode }) {
  const actor = await requirePerson();
  if (!may(actor, "organisation.read")) return <NoRole />;
  return (
    <div className="md:flex">
      <OrganisationNav />
      <div className="min-w-0 flex-1">
        <PeopleSearchProvider search={searchPeople}>{children}</PeopleSearchProvider>
      </div>
    </div>
  );
}
