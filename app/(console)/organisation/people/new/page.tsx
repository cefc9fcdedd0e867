import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PageFrame } from "@/components/organisation/page-frame";
import { NewPerson } from "@/components/organisation/people/new-person";
import { createContext } from "@/lib/adapters/context";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { usualIssuer } from "@/lib/auth/sign-in-methods";
import { listDepartmentChoices } from "@/lib/directory/list-department-choices";
import { createPersonAction } from "../actions";

export const metadata: Metadata = { title: "New person" };

export default async function NewPersonPage() {
  const actor = await requirePerson();
  if (!may(actor, "organisation.write")) redirect("/organisation/people");
  const departments = await listDepartmentChoices(await createContext(actor));
  return (
    <PageFrame title="New person" back={{ href: "/organisation/people", label: "People" }}>
      <NewPerson departments={departments} issuer={usualIssuer()} create={createPersonAction} />
    </PageFrame>
  );
}
