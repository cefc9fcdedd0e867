import type { Metadata } from "next";
import { AwayPage } from "@/components/organisation/away/away-page";
import { createContext } from "@/lib/adapters/context";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { listAbsences } from "@/lib/directory/absences/list-absences";
import { cancel, enter } from "./actions";

export const metadata: Metadata = { title: "Away" };

export default async function Away({ searchParams }: { searchParams: Promise<{ page?: string }> }) {
  const actor = await requirePerson();
  const wanted = Number((await searchParams).page);
  const page = Number.isInteger(wanted) && wanted >= 1 && wanted <= 1000 ? wanted : 1;
  const list = await listAbsences(await createContext(actor), { page });
  return (
    <AwayPage
      {...list}
      page={page}
      viewer={{ id: actor.personId, name: actor.name }}
      canEditAll={may(actor, "organisation.write")}
      enter={enter}
      cancel={cancel}
    />
  );
}
