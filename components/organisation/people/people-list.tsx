import Link from "next/link";
import { LocalDay } from "@/components/ui/local-day";
import type { ListedPerson } from "@/lib/directory/list-people";
import { Chip, RoleChips } from "../chips";
import { ListRow, ListTable, ROW_LINK } from "../list-table";

const COLUMNS = [
  { label: "Name" },
  { label: "Department", className: "hidden w-36 md:table-cell" },
  { label: "Manager", className: "hidden w-40 lg:table-cell" },
  { label: "Roles", className: "hidden w-52 sm:table-cell" },
];

/** One page of people. */
export function PeopleList({ people }: { people: ListedPerson[] }) {
  return (
    <ListTable label="People" columns={COLUMNS}>
      {people.map((person) => (
        <ListRow
          key={person.id}
          columns={COLUMNS}
          cells={[
            <div key="name" className="min-w-0">
              <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5">
                <Link
                  href={`/organisation/people/${person.id}`}
                  prefetch={false}
                  className={`${ROW_LINK} truncate`}
                >
                  {person.name}
                </Link>
                <PresenceMarks person={person} />
              </div>
              <p className="truncate text-muted text-xs">{person.email}</p>
              <div className="mt-1 flex flex-wrap items-center gap-x-2 sm:hidden">
                <RoleChips roles={person.roles} />
                {person.department && <span className="text-muted text-xs">{person.department}</span>}
              </div>
            </div>,
            <Truncated key="department" text={person.department} />,
            <Truncated key="manager" text={person.manager} />,
            <RoleChips key="roles" roles={person.roles} />,
          ]}
        />
      ))}
    </ListTable>
  );
}

function PresenceMarks({ person }: { person: ListedPerson }) {
  return (
    <>
      {person.disabled && <Chip look="bad">disabled</Chip>}
      {person.awayUntil && (
        <Chip look="warn">
          away until <LocalDay at={person.awayUntil} />
        </Chip>
      )}
      {person.onCall.length > 0 && (
        <Chip look="good" title={person.onCall.join(", ")}>
          on call
        </Chip>
      )}
    </>
  );
}

const Truncated = ({ text }: { text: string | null }) => (
  <span className="block truncate text-muted">{text ?? "—"}</span>
);
