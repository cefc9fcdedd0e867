"use client";

import Link from "next/link";
import { LinkButton } from "@/components/organisation/link-button";
import { EmptyState, PageFrame } from "@/components/organisation/page-frame";
import type { FeedView } from "@/lib/directory/feeds/list-feeds";
import type { ScheduleList, ScheduleListItem } from "@/lib/directory/schedules/list-schedules";
import { type EndFeed, FeedPanel, type MakeFeed } from "./feed-panel";
import { NextWords, OnCallWords } from "./on-call-words";

interface Props extends ScheduleList {
  feeds: FeedView[];
  viewerId: string;
  canEdit: boolean;
  makeFeed: MakeFeed;
  endFeed: EndFeed;
}

/** Every schedule: who is on call until when, who is next, and which rules ask it. */
export function ScheduleListPage({
  schedules,
  archived,
  feeds,
  viewerId,
  canEdit,
  makeFeed,
  endFeed,
}: Props) {
  return (
    <PageFrame
      title="On call"
      description="Schedules say who is asked at which moment. Approver rules ask them by name; publishing a change counts from the next draft on."
      actions={
        canEdit && (
          <LinkButton href="/organisation/on-call/new" look="accent">
            New schedule
          </LinkButton>
        )
      }
    >
      {schedules.length === 0 ? (
        <EmptyState title="No schedule yet">
          {canEdit
            ? "Make one from a template: a weekly rotation, or three zones that follow the sun."
            : "An admin makes them here. Until then approver rules ask people and groups by name."}
        </EmptyState>
      ) : (
        <div className="overflow-hidden rounded-lg border bg-surface">
          <div
            aria-hidden="true"
            className={`${COLUMNS} hidden border-b px-3 py-1.5 font-medium text-muted text-xs md:grid`}
          >
            <span>Schedule</span>
            <span>On call now</span>
            <span>Next</span>
            <span>Asked by</span>
          </div>
          <ul className="divide-y">
            {schedules.map((schedule) => (
              <ScheduleRow key={schedule.id} schedule={schedule} />
            ))}
          </ul>
        </div>
      )}
      <div className="mt-4 grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
        <FeedPanel
          title="My shifts in my calendar"
          explanation="An address that calendar programs read: your shifts in every schedule, for twelve weeks ahead."
          scheduleId={null}
          {...{ feeds, viewerId, makeFeed, endFeed }}
        />
        {archived.length > 0 && (
          <details className="rounded-lg border bg-surface px-3 py-2">
            <summary className="font-medium text-sm">Archived schedules ({archived.length})</summary>
            <ul className="mt-2 space-y-1 text-sm">
              {archived.map(({ id, name }) => (
                <li key={id}>
                  <Link
                    href={`/organisation/on-call/${id}`}
                    className="text-accent underline underline-offset-2"
                  >
                    {name}
                  </Link>
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </PageFrame>
  );
}

const COLUMNS = "grid-cols-[minmax(0,1.1fr)_minmax(0,1.4fr)_minmax(0,1.2fr)_minmax(0,1fr)] gap-x-4";

function ScheduleRow({ schedule }: { schedule: ScheduleListItem }) {
  const { id, name, timeZone, now, next, rules } = schedule;
  return (
    <li className={`${COLUMNS} relative items-start gap-y-1 px-3 py-2.5 text-sm hover:bg-hover md:grid`}>
      <div className="min-w-0">
        <Link
          href={`/organisation/on-call/${id}`}
          className="block truncate font-medium after:absolute after:inset-0"
        >
          {name}
        </Link>
        <span className="text-muted text-xs">{timeZone}</span>
      </div>
      <div className="min-w-0">
        <span className="text-muted md:hidden">Now: </span>
        <OnCallWords now={now} />
      </div>
      <div className="min-w-0">
        <span className="text-muted md:hidden">Next: </span>
        <NextWords next={next} />
      </div>
      <div className="min-w-0 break-words text-muted text-xs md:pt-0.5">
        {rules.length > 0 ? (
          <span className="font-mono">{rules.join(", ")}</span>
        ) : (
          "No approver rule asks it yet"
        )}
      </div>
    </li>
  );
}
