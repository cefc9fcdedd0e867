import Link from "next/link";
import type { ReactNode } from "react";
import { LocalDay } from "@/components/ui/local-day";
import { Panel } from "@/components/ui/panel";
import type { PersonDetail } from "@/lib/directory/get-person";
import { Chip } from "../chips";

const LINK = "text-accent hover:underline";

/** What brings drafts to a person, and what is theirs. */
export function PersonRelations({ person }: { person: PersonDetail }) {
  return (
    <>
      <Panel title="Asked by approver rules">
        <Items empty="No approver rule comes to them.">
          {person.rules.map(({ rule, via }) => (
            <li key={`${rule} ${via?.kind} ${via?.name}`} className="flex flex-wrap gap-x-2">
              <Link
                href={`/organisation/rules/${rule}`}
                className={`${LINK} font-mono text-xs leading-[1.1875rem]`}
              >
                {rule}
              </Link>
              <span className="text-muted text-xs leading-[1.1875rem]">
                {via === null
                  ? "by name"
                  : via.kind === "department"
                    ? `as head of ${via.name}`
                    : `through ${via.name}`}
              </span>
            </li>
          ))}
        </Items>
      </Panel>
      <Panel title="On-call schedules">
        <Items empty="They stand in no schedule.">
          {person.schedules.map(({ id, name, until }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-2">
              <Link href={`/organisation/on-call/${id}`} className={LINK}>
                {name}
              </Link>
              {until && (
                <Chip look="good">
                  on call until <LocalDay at={until} />
                </Chip>
              )}
            </li>
          ))}
        </Items>
        {person.away && (
          <p className="mt-1 text-sm">
            <Chip look="warn">
              away until <LocalDay at={person.away.until} />
            </Chip>{" "}
            {person.away.delegate ? (
              <>
                <Link href={`/organisation/people/${person.away.delegate.id}`} className={LINK}>
                  {person.away.delegate.name}
                </Link>{" "}
                stands in
              </>
            ) : (
              <span className="text-muted">nobody stands in</span>
            )}
          </p>
        )}
        {person.standsInFor.length > 0 && (
          <p className="mt-1 text-sm">
            Stands in for{" "}
            {person.standsInFor.map(({ id, name }, index) => (
              <span key={id}>
                {index > 0 && ", "}
                <Link href={`/organisation/people/${id}`} className={LINK}>
                  {name}
                </Link>
              </span>
            ))}
          </p>
        )}
      </Panel>
      <Panel title="Groups and departments">
        <Items empty="They are in no group and head no department.">
          {person.groups.map(({ id, name }) => (
            <li key={id}>
              <Link href={`/organisation/groups/${id}`} className={LINK}>
                {name}
              </Link>
            </li>
          ))}
          {person.headOf.map(({ id, name }) => (
            <li key={id}>
              Head of{" "}
              <Link href={`/organisation/departments/${id}`} className={LINK}>
                {name}
              </Link>
            </li>
          ))}
        </Items>
        {person.reports > 0 && (
          <p className="mt-1 text-muted text-xs">
            {person.reports === 1 ? "One person reports" : `${person.reports} people report`} to them.
          </p>
        )}
      </Panel>
      <Panel title="Agents and keys they own">
        <Items empty="They own no agent and no key.">
          {person.agents.map(({ id, name, disabled }) => (
            <li key={id} className="flex items-center gap-2">
              <Link href={`/organisation/agents/${id}`} className={LINK}>
                {name}
              </Link>
              {disabled && <Chip look="bad">disabled</Chip>}
            </li>
          ))}
          {person.keys.map(({ id, name, prefix }) => (
            <li key={id} className="text-muted text-xs">
              <span className="font-mono">{prefix}…</span> key of {name}
            </li>
          ))}
        </Items>
        {person.agents.length > 0 && (
          <p className="mt-1 text-muted text-xs">What these agents draft is never theirs to decide.</p>
        )}
      </Panel>
    </>
  );
}

function Items({ empty, children }: { empty: string; children: ReactNode }) {
  const items = Array.isArray(children) ? children.flat() : [children];
  if (items.length === 0) return <p className="text-muted text-sm">{empty}</p>;
  return <ul className="space-y-0.5 text-sm">{children}</ul>;
}
