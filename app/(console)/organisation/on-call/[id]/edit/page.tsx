import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { toForm } from "@/components/organisation/on-call/editor-model";
import { localTime, mondayOf } from "@/components/organisation/on-call/local-days";
import { NeedsAdmin } from "@/components/organisation/on-call/needs-admin";
import { ScheduleEditor } from "@/components/organisation/on-call/schedule-editor";
import { createContext } from "@/lib/adapters/context";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { getSchedule } from "@/lib/directory/schedules/get-schedule";
import { CountersignError } from "@/lib/errors";
import { preview, publish, readPublished } from "../../actions";

export const metadata: Metadata = { title: "Edit schedule" };

export default async function EditSchedulePage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requirePerson();
  if (!may(actor, "organisation.write")) return <NeedsAdmin title="Edit schedule" />;
  const ctx = await createContext(actor);
  const { id } = await params;
  const schedule = await getSchedule(ctx, id).catch((error) => {
    if (error instanceof CountersignError && error.code === "not_found") notFound();
    throw error;
  });
  if (schedule.archivedAt) redirect(`/organisation/on-call/${id}`);
  const { name, version, definition, names } = schedule;
  const now = ctx.now();
  return (
    <ScheduleEditor
      published={{ id, name, version, definition, names }}
      initial={toForm(name, definition, names)}
      monday={mondayOf(localTime(now, definition.time_zone).date)}
      serverNow={now.getTime()}
      actions={{ publish, preview, readPublished }}
    />
  );
}
