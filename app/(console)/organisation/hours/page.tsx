import type { Metadata } from "next";
import { HoursEditor } from "@/components/organisation/hours/hours-editor";
import { createContext } from "@/lib/adapters/context";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { getBusinessHours } from "@/lib/directory/business-hours";
import { saveHours } from "./actions";

export const metadata: Metadata = { title: "Business hours" };

export default async function HoursPage() {
  const actor = await requirePerson();
  const hours = await getBusinessHours(await createContext(actor));
  return (
    <HoursEditor
      key={hours.version}
      hours={hours}
      canEdit={may(actor, "organisation.write")}
      save={saveHours}
    />
  );
}
