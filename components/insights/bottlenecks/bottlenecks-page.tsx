import Link from "next/link";
import type { ReactNode } from "react";
import { EmptyState, PageFrame } from "@/components/organisation/page-frame";
import { HostileText } from "@/components/ui/hostile-text";
import type { Bottlenecks } from "@/lib/insights/bottlenecks/types";
import { DaysLinks } from "../attention/days-links";
import { formatDays } from "../figures/format-figures";
import { AdviceList } from "./advice-list";
import { GapList } from "./gap-list";
import { HourMap } from "./hour-map";
import { LapseTable } from "./lapse-table";
import { LoadTable } from "./load-table";
import { QueueTable } from "./queue-table";
import { momentIn } from "./words";

/** Where drafts wait longer than they should, and what to do about it. */
export function BottlenecksPage({ found, days }: { found: Bottlenecks; days: number }) {
  const { advice, queues, people, resolved, lapses, gaps, unattended, zone, span } = found;
  return (
    <PageFrame
      title="Bottlenecks"
      description="Where drafts wait, who carries the load, where time runs out, and when nobody is there."
      actions={<DaysLinks path="/insights/bottlenecks" days={days} />}
    >
      <div className="space-y-6">
        <Part title="What to do">
          <AdviceList advice={advice} />
        </Part>
        <Part
          title="Waiting now"
          about={
            <>
              By the approver rule that drafts wait for.{" "}
              <Link href="/inbox" className="text-accent underline underline-offset-2">
                Open the inbox
              </Link>
            </>
          }
        >
          {queues.length === 0 ? (
            <EmptyState title="Nothing waits">
              Every draft has been decided. What comes next stands here as long as it waits for people.
            </EmptyState>
          ) : (
            <QueueTable queues={queues} />
          )}
        </Part>
        <Part
          title="Load"
          about={`What people decided from ${formatDays(span.from, span.to)} (UTC days), and what they may decide now.${
            resolved.isAll ? "" : ` Of the ${resolved.drafts.toLocaleString("en")} most urgent drafts.`
          }`}
        >
          {people.length === 0 ? (
            <EmptyState title="Nobody decided anything, and nothing waits for anybody">
              As soon as drafts wait for people, each of them has a row here.
            </EmptyState>
          ) : (
            <LoadTable people={people} span={span} />
          )}
        </Part>
        <Part
          title="Out of time"
          about={
            lapses.isAll
              ? "Drafts that waited for people: how many escalated, expired, or were decided too late."
              : `The ${lapses.drafts.toLocaleString("en")} drafts that stopped waiting for people last: there were too many in the period to count them all.`
          }
        >
          {lapses.drafts === 0 ? (
            <EmptyState title="Nothing stopped waiting in these days">
              As soon as people decide drafts, or do not, it shows here which rules run out of time, and at
              which hours.
            </EmptyState>
          ) : (
            <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
              <LapseTable rows={lapses.byRule} span={span} />
              {lapses.byHour.some(({ lapsed }) => lapsed > 0) && (
                <HourMap cells={lapses.byHour} zone={zone} />
              )}
            </div>
          )}
        </Part>
        <Part
          title="When nobody is there"
          about={`By the schedules and absences that are entered now, up to two weeks ahead. Times are of ${zone}.`}
        >
          {gaps.length === 0 ? (
            <EmptyState title="Somebody is always there">
              Every approver rule that a policy names asks somebody at every hour of these days and the two
              weeks to come.
            </EmptyState>
          ) : (
            <GapList gaps={gaps} zone={zone} />
          )}
          <UnattendedList unattended={unattended} zone={zone} />
        </Part>
      </div>
    </PageFrame>
  );
}

function Part({ title, about, children }: { title: string; about?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="font-semibold text-sm">{title}</h2>
      {about && <p className="text-muted text-xs">{about}</p>}
      <div className="mt-1.5">{children}</div>
    </section>
  );
}

/** The drafts for which the whole chain had nobody. */
function UnattendedList({ unattended, zone }: Pick<Bottlenecks, "unattended" | "zone">) {
  const { count, isAll, latest } = unattended;
  if (count === 0) return null;
  return (
    <div className="mt-3 rounded-lg border bg-surface px-3 py-2.5 text-sm">
      <p className="font-medium">
        For {isAll ? count : `more than ${count}`} {count === 1 ? "draft" : "drafts"} there were too few
        people, up the whole chain
      </p>
      <ul className="mt-1 space-y-0.5">
        {latest.map(({ draftId, summary, approverRule, at }) => (
          <li key={draftId} className="flex min-w-0 flex-wrap items-baseline gap-x-2">
            <Link
              href={`/inbox/${encodeURIComponent(draftId)}`}
              prefetch={false}
              className="min-w-0 truncate text-accent hover:underline hover:underline-offset-2"
            >
              <HostileText text={summary} />
            </Link>
            <span className="text-muted text-xs">
              {momentIn(zone, at)}
              {approverRule && ` · ${approverRule}`}
            </span>
          </li>
        ))}
      </ul>
      {count > latest.length && (
        <p className="mt-1 text-muted text-xs">The latest of them; the admins were told of each.</p>
      )}
    </div>
  );
}
