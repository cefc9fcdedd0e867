import Link from "next/link";
import { Panel } from "@/components/ui/panel";
import type { PersonDetail } from "@/lib/directory/get-person";
import { RoleChips } from "../chips";

/** What is known of a person, for those who may only look. */
export function PersonFacts({ person }: { person: PersonDetail }) {
  const rows = [
    { label: "E-mail address", value: person.email },
    { label: "Department", value: person.department?.name ?? "none" },
    {
      label: "Manager",
      value: person.manager ? (
        <Link href={`/organisation/people/${person.manager.id}`} className="text-accent hover:underline">
          {person.manager.name}
        </Link>
      ) : (
        "none"
      ),
    },
    { label: "Roles", value: <RoleChips roles={person.roles} /> },
  ];
  return (
    <Panel title="Who they are and what they may do">
      <dl className="mt-1 grid grid-cols-[8rem_1fr] gap-y-1.5 text-sm">
        {rows.map(({ label, value }) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
