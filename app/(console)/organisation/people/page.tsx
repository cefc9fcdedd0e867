import type { Metadata } from "next";
import { LinkButton } from "@/components/organisation/link-button";
import { ListFilters } from "@/components/organisation/list-filters";
import { EmptyState, PageFrame } from "@/components/organisation/page-frame";
import { PEOPLE } from "@/components/organisation/page-words";
import { Pager } from "@/components/organisation/pager";
import { PeopleList } from "@/components/organisation/people/people-list";
import { createContext } from "@/lib/adapters/context";
import { readSearchParams } from "@/lib/adapters/read-search-params";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { ROLES } from "@/lib/context";
import { listDepartmentChoices } from "@/lib/directory/list-department-choices";
import { listPeople } from "@/lib/directory/list-people";

export const metadata: Metadata = { title: PEOPLE.title };

const ROLE_OPTIONS = [
  { value: "", label: "Any role" },
  ...ROLES.map((role) => ({ value: role, label: role[0]?.toUpperCase() + role.slice(1) })),
  { value: "none", label: "No role" },
];
const STATE_OPTIONS = [
  { value: "", label: "Active" },
  { value: "disabled", label: "Disabled" },
];

export default async function PeoplePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requirePerson();
  const ctx = await createContext(actor);
  const { q, role, department, state, page } = readSearchParams(await searchParams);
  const [people, departments] = await Promise.all([
    listPeople(ctx, { query: q, role, department, state, page }),
    listDepartmentChoices(ctx),
  ]);
  const filters = [
    { name: "role", label: "Role", options: ROLE_OPTIONS },
    {
      name: "department",
      label: "Department",
      options: [
        { value: "", label: "Any department" },
        ...departments.map(({ id, name }) => ({ value: id, label: name })),
      ],
    },
    { name: "state", label: "State", options: STATE_OPTIONS },
  ];
  const isFiltered = Boolean(q || role || department || state);
  return (
    <PageFrame
      {...PEOPLE}
      actions={
        may(actor, "organisation.write") && (
          <LinkButton look="accent" href="/organisation/people/new">
            New person
          </LinkButton>
        )
      }
    >
      <ListFilters searchLabel="Search people" filters={filters} />
      {people.rows.length > 0 ? (
        <PeopleList people={people.rows} />
      ) : (
        <EmptyState title={isFiltered ? "Nobody matches" : "Nobody is here yet"}>
          {isFiltered
            ? "Search for less of the name, or leave a filter open."
            : "Add the first person who decides."}
        </EmptyState>
      )}
      <Pager {...people} />
    </PageFrame>
  );
}
