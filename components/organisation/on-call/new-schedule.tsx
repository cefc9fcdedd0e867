"use client";

import { useState } from "react";
import { PageFrame } from "@/components/organisation/page-frame";
import type { ReadPublished } from "./compare-dialog";
import type { ScheduleForm } from "./editor-model";
import type { Publish } from "./publish-dialog";
import { ScheduleEditor } from "./schedule-editor";
import { followTheSun, weeklyRotation } from "./templates";
import type { Preview } from "./use-preview";
import { useViewerZone } from "./use-viewer-zone";

interface Props {
  monday: string;
  serverNow: number;
  actions: { publish: Publish; preview: Preview; readPublished: ReadPublished };
}

/** How to begin a schedule, then the editor. */
export function NewSchedule({ monday, ...rest }: Props) {
  const zone = useViewerZone();
  const [initial, setInitial] = useState<ScheduleForm | null>(null);
  if (initial) return <ScheduleEditor published={null} initial={initial} monday={monday} {...rest} />;
  const templates = [
    {
      title: "Weekly rotation",
      text: "People take turns by the week, at all times. Change the length of a turn, or limit it to some hours.",
      make: () => weeklyRotation(monday, zone),
    },
    {
      title: "Follow the sun (three zones)",
      text: "Asia-Pacific, Europe and the Americas, each on call in its own day, without gaps when clocks change.",
      make: () => followTheSun(monday),
    },
  ];
  return (
    <PageFrame title="New schedule" description="Begin with a template; everything in it can be changed.">
      <ul className="grid gap-3 sm:grid-cols-2">
        {templates.map(({ title, text, make }) => (
          <li key={title}>
            <button
              type="button"
              onClick={() => setInitial(make())}
              className="h-full w-full rounded-lg border bg-surface px-4 py-3 text-left hover:border-accent hover:bg-hover"
            >
              <span className="font-semibold">{title}</span>
              <span className="mt-1 block text-muted text-sm">{text}</span>
            </button>
          </li>
        ))}
      </ul>
    </PageFrame>
  );
}
