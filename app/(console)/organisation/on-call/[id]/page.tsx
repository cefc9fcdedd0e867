import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { localTime, mondayOf } from "@/components/organisation/on-call/local-days";
import { ScheduleDetail } from "@/components/organisation/on-call/schedule-detail";
import { createContext } from "@/lib/adapters/context";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { listFeeds } from "@/lib/directory/feeds/list-feeds";
import { getSchedule, getTimeline } from "@/lib/directory/schedules/get-schedule";
import { CountersignError } from "@/lib/errors";
import { DAY_MS, dayOf } from "@/lib/routing/wall-clock";
import { archive, endFeed, endOverride, makeFeed, override, restore } from "../actions";

export const metadata: Metadata = { title: "Schedule" };

const WEEKS = 4;

export default async function SchedulePage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ from?: string }>;
}) {
  const actor = await requirePerson();
  const ctx = await createContext(actor);
  const { id } = await params;
  const schedule = await getSchedule(ctx, id).catch((error) => {
    if (error instanceof CountersignError && error.code === "not_found") notFound();
    throw error;
  });
  const now = ctx.now();
  const today = localTime(now, schedule.definition.time_zone).date;
  const monday = mondayOf(readDate((await searchParams).from) ?? today);
  // A day more on each side: the viewer's days begin up to that much earlier or later.
  const from = new Date((dayOf(monday) - 1) * DAY_MS);
  const until = new Date((dayOf(monday) + 7 * WEEKS + 1) * DAY_MS);
  const [timeline, feeds] = await Promise.all([
    getTimeline(ctx, { id, from, until }),
    listFeeds(ctx, { scheduleId: id }),
  ]);
  return (
    <ScheduleDetail
      schedule={schedule}
      timeline={timeline}
      monday={monday}
      weeks={WEEKS}
      serverNow={now.getTime()}
      feeds={feeds}
      viewerId={actor.personId}
      canEdit={may(actor, "organisation.write")}
      actions={{ archive, endFeed, endOverride, makeFeed, override, restore }}
    />
  );
}

/** A date of the years that a calendar can usefully show; null for anything else. */
function readDate(text: string | undefined): string | null {
  if (!text || !/^20\d\d-\d\d-\d\d$/.test(text)) return null;
  return Number.isNaN(Date.parse(text)) ? null : text;
}
