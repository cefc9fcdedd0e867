import type { Metadata } from "next";
import { ScheduleListPage } from "@/components/organisation/on-call/schedule-list";
import { createContext } from "@/lib/adapters/context";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { listFeeds } from "@/lib/directory/feeds/list-feeds";
import { listSchedules } from "@/lib/directory/schedules/list-schedules";
import { endFeed, makeFeed } from "./actions";

export const metadata: Metadata = { title: "On call" };

export default async function OnCallPage() {
  const actor = await requirePerson();
  const ctx = await createContext(actor);
  const [list, feeds] = await Promise.all([listSchedules(ctx), listFeeds(ctx, { scheduleId: null })]);
  return (
    <ScheduleListPage
      {...list}
      feeds={feeds}
      viewerId={actor.personId}
      canEdit={may(actor, "organisation.write")}
      makeFeed={makeFeed}
      endFeed={endFeed}
    />
  );
}
