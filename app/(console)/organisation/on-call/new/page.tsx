import type { Metadata } from "next";
import { localTime, mondayOf } from "@/components/organisation/on-call/local-days";
import { NeedsAdmin } from "@/components/organisation/on-call/needs-admin";
import { NewSchedule } from "@/components/organisation/on-call/new-schedule";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { preview, publish, readPublished } from "../actions";

export const metadata: Metadata = { title: "New schedule" };

export default async function NewSchedulePage() {
  const actor = await requirePerson();
  if (!may(actor, "organisation.write")) return <NeedsAdmin title="New schedule" />;
  const now = new Date();
  return (
    <NewSchedule
      monday={mondayOf(localTime(now, "UTC").date)}
      serverNow={now.getTime()}
      actions={{ publish, preview, readPublished }}
    />
  );
}
