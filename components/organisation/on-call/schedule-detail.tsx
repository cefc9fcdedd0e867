"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { LinkButton } from "@/components/organisation/link-button";
import { PageFrame } from "@/components/organisation/page-frame";
import { useSave } from "@/components/organisation/use-save";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Panel } from "@/components/ui/panel";
import { useNow } from "@/components/ui/use-now";
import type { ActionResult } from "@/lib/adapters/action";
import type { FeedView } from "@/lib/directory/feeds/list-feeds";
import type { ScheduleView } from "@/lib/directory/schedules/get-schedule";
import type { ScheduleTimeline } from "@/lib/directory/schedules/schedule-timeline";
import { spellRestrictions, spellRotation } from "@/lib/routing/spell-schedule";
import { type EndFeed, FeedPanel, type MakeFeed } from "./feed-panel";
import { mondayOf } from "./local-days";
import { NextWords, OnCallWords } from "./on-call-words";
import { type AddOverride, type EndOverride, OverridesPanel } from "./overrides-panel";
import { TimelineView } from "./timeline-view";
import { useViewerZone } from "./use-viewer-zone";
import { type Restore, VersionsPanel } from "./versions-panel";
import { ZoneSwitch } from "./zone-switch";

interface Props {
  schedule: ScheduleView;
  timeline: ScheduleTimeline;
  monday: string;
  weeks: number;
  serverNow: number;
  feeds: FeedView[];
  viewerId: string;
  canEdit: boolean;
  actions: {
    archive: (input: { id: string; version: number }) => Promise<ActionResult<void>>;
    makeFeed: MakeFeed;
    endFeed: EndFeed;
    override: AddOverride;
    endOverride: EndOverride;
    restore: Restore;
  };
}

/** One schedule: the weeks ahead, its overrides, its versions and its calendar addresses. */
export function ScheduleDetail({
  schedule,
  timeline,
  monday,
  weeks,
  serverNow,
  feeds,
  viewerId,
  canEdit,
  actions,
}: Props) {
  const isLive = schedule.archivedAt === null;
  return (
    <PageFrame
      title={schedule.name}
      description={
        isLive ? (
          <>
            <OnCallWords now={schedule.now} />
            <span className="mx-1.5" aria-hidden="true">
              ·
            </span>
            Next: <NextWords next={schedule.next} />
          </>
        ) : (
          "Archived: nobody is asked by it. Restoring one of its versions brings it back."
        )
      }
      actions={
        canEdit &&
        isLive && (
          <>
            <ArchiveButton schedule={schedule} archive={actions.archive} />
            <LinkButton href={`/organisation/on-call/${schedule.id}/edit`} look="accent">
              Edit
            </LinkButton>
          </>
        )
      }
    >
      <div className="space-y-4">
        <CalendarPanel {...{ schedule, timeline, monday, weeks, serverNow }} />
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
          <div className="space-y-4">
            {isLive && (
              <OverridesPanel
                schedule={schedule}
                canEdit={canEdit}
                add={actions.override}
                end={actions.endOverride}
              />
            )}
            <SummaryPanel schedule={schedule} />
            {isLive && (
              <FeedPanel
                title="This schedule in a calendar"
                explanation="An address that calendar programs read: everybody's shifts, for twelve weeks ahead."
                scheduleId={schedule.id}
                feeds={feeds}
                viewerId={viewerId}
                makeFeed={actions.makeFeed}
                endFeed={actions.endFeed}
              />
            )}
          </div>
          <VersionsPanel schedule={schedule} canEdit={canEdit} restore={actions.restore} />
        </div>
      </div>
    </PageFrame>
  );
}

function CalendarPanel({
  schedule,
  timeline,
  monday,
  weeks,
  serverNow,
}: Pick<Props, "schedule" | "timeline" | "monday" | "weeks" | "serverNow">) {
  const viewerZone = useViewerZone();
  const scheduleZone = schedule.definition.time_zone;
  const [chosen, setChosen] = useState<string | null>(null);
  const zone = chosen ?? viewerZone;
  const now = useNow(serverNow);
  const page = (step: number) =>
    `/organisation/on-call/${schedule.id}?from=${mondayOf(monday, step * weeks)}`;
  return (
    <Panel
      title="Who is on call"
      aside={<ZoneSwitch {...{ viewerZone, scheduleZone }} value={zone} onChange={setChosen} />}
    >
      <TimelineView {...{ timeline, monday, weeks, zone, now }} label={`${schedule.name}, ${weeks} weeks`} />
      <nav aria-label="Weeks" className="mt-2 flex items-center justify-between gap-2 text-sm">
        <Link href={page(-1)} scroll={false} className={WEEK_LINK}>
          <ChevronLeft aria-hidden="true" className="size-4" /> {weeks} weeks before
        </Link>
        <Link href={`/organisation/on-call/${schedule.id}`} scroll={false} className={WEEK_LINK}>
          Today
        </Link>
        <Link href={page(1)} scroll={false} className={WEEK_LINK}>
          {weeks} weeks after <ChevronRight aria-hidden="true" className="size-4" />
        </Link>
      </nav>
    </Panel>
  );
}

const WEEK_LINK =
  "inline-flex min-h-8 items-center gap-1 rounded-md px-2 font-medium text-muted hover:bg-hover hover:text-ink";

function SummaryPanel({ schedule }: { schedule: ScheduleView }) {
  const { definition, names, rules } = schedule;
  return (
    <Panel title="How it turns" aside={definition.time_zone}>
      <ol className="divide-y text-sm">
        {[...definition.layers].reverse().map((layer) => (
          <li key={layer.name} className="py-1.5">
            <p className="font-medium">{layer.name}</p>
            <p>{layer.participants.map((id) => names[id] ?? id).join(" → ")}</p>
            <p className="text-muted text-xs">
              {spellRotation(layer.rotation)}, {spellRestrictions(layer.restrictions)}
              {layer.time_zone && ` (${layer.time_zone})`}, from {layer.starts_on}
              {layer.ends_on && ` to ${layer.ends_on}`}
            </p>
          </li>
        ))}
      </ol>
      <p className="border-t pt-1.5 text-muted text-xs">
        The topmost layer that has somebody decides.{" "}
        {rules.length === 0 ? (
          "No approver rule asks this schedule yet."
        ) : (
          <>
            Asked by{" "}
            {rules.map((rule, index) => (
              <span key={rule}>
                {index > 0 && ", "}
                <Link
                  href={`/organisation/rules/${encodeURIComponent(rule)}`}
                  className="font-mono text-accent underline underline-offset-2"
                >
                  {rule}
                </Link>
              </span>
            ))}
            .
          </>
        )}
      </p>
    </Panel>
  );
}

function ArchiveButton({
  schedule,
  archive,
}: {
  schedule: ScheduleView;
  archive: Props["actions"]["archive"];
}) {
  const router = useRouter();
  const { save, saving } = useSave();
  const [open, setOpen] = useState(false);
  const { id, version, name, rules } = schedule;
  const run = async () => {
    const done = await save(async () => {
      const result = await archive({ id, version });
      return result.ok ? { ...result, data: true } : result;
    }, `“${name}” is archived`);
    setOpen(false);
    if (done) router.push("/organisation/on-call");
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>Archive</Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`Archive “${name}”?`}
        description={
          rules.length > 0
            ? `It cannot be archived while approver rules ask it: ${rules.join(", ")}. Change them first.`
            : "Nobody is asked by it any more, and its calendar addresses stop. Its versions stay: restoring one brings it back."
        }
      >
        <footer className="flex justify-end gap-2 px-4 py-3">
          <Button onClick={() => setOpen(false)}>Keep it</Button>
          <Button look="danger_solid" onClick={run} disabled={saving || rules.length > 0}>
            Archive
          </Button>
        </footer>
      </Dialog>
    </>
  );
}
