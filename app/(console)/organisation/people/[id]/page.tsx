import type { Metadata } from "next";
import { Chip } from "@/components/organisation/chips";
import { PageFrame } from "@/components/organisation/page-frame";
import { IdentitiesPanel } from "@/components/organisation/people/identities-panel";
import { PersonFacts } from "@/components/organisation/people/person-facts";
import { PersonForm } from "@/components/organisation/people/person-form";
import { PersonRelations } from "@/components/organisation/people/person-relations";
import { PersonState } from "@/components/organisation/people/person-state";
import { createContext } from "@/lib/adapters/context";
import { orNotFound } from "@/lib/adapters/or-not-found";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { usualIssuer } from "@/lib/auth/sign-in-methods";
import { getPerson } from "@/lib/directory/get-person";
import { listDepartmentChoices } from "@/lib/directory/list-department-choices";
import {
  addIdentityAction,
  changePersonAction,
  removeIdentityAction,
  setPersonDisabledAction,
} from "../actions";

export const metadata: Metadata = { title: "Person" };

export default async function PersonPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requirePerson();
  const ctx = await createContext(actor);
  const { id } = await params;
  const [person, departments] = await Promise.all([
    orNotFound(getPerson(ctx, { id })),
    listDepartmentChoices(ctx),
  ]);
  const mayWrite = may(actor, "organisation.write");
  const isSelf = person.id === actor.personId;
  return (
    <PageFrame
      title={person.name}
      back={{ href: "/organisation/people", label: "People" }}
      marks={
        <>
          {isSelf && <Chip look="accent">you</Chip>}
          {person.disabledAt && <Chip look="bad">disabled</Chip>}
        </>
      }
      actions={mayWrite && !isSelf && <PersonState person={person} setDisabled={setPersonDisabledAction} />}
    >
      <div className="grid items-start gap-3 lg:grid-cols-[1fr_20rem]">
        <div className="grid min-w-0 gap-3">
          {mayWrite ? (
            <PersonForm
              key={person.id}
              person={person}
              departments={departments}
              change={changePersonAction}
            />
          ) : (
            <PersonFacts person={person} />
          )}
          <IdentitiesPanel
            person={person}
            issuer={usualIssuer()}
            mayWrite={mayWrite}
            add={addIdentityAction}
            remove={removeIdentityAction}
          />
        </div>
        <div className="grid min-w-0 gap-3">
          <PersonRelations person={person} />
        </div>
      </div>
    </PageFrame>
  );
}
