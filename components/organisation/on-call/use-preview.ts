"use client";

import { useEffect, useState } from "react";
import type { ActionResult } from "@/lib/adapters/action";
import type { PublishInput } from "@/lib/directory/schedules/publish-schedule";
import type { ScheduleTimeline } from "@/lib/directory/schedules/schedule-timeline";
import type { Finding } from "@/lib/routing/schedule-check";

export type Preview = (input: {
  definition: PublishInput["definition"];
  scheduleId: string | null;
  from: Date;
  until: Date;
}) => Promise<ActionResult<ScheduleTimeline & { findings: Finding[] }>>;

const WAIT_MS = 300;

interface Shown {
  timeline: ScheduleTimeline | null;
  findings: Finding[];
  /** What the server refuses, by JSON Pointer. */
  errors: Record<string, string>;
  /** Why there is no preview, when it is none of the fields. */
  failure: string | null;
}

/** The preview of what is typed, asked for when typing pauses; the last one stays while the next is on its way. */
export function usePreview(
  preview: Preview,
  given: { definition: PublishInput["definition"]; scheduleId: string | null; from: Date; until: Date },
): Shown & { isCurrent: boolean } {
  const [shown, setShown] = useState<Shown>({ timeline: null, findings: [], errors: {}, failure: null });
  const [answered, setAnswered] = useState("");
  const { scheduleId } = given;
  const [from, until] = [given.from.getTime(), given.until.getTime()];
  const asked = JSON.stringify(given.definition);
  const { definition } = given;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the definition is compared by what it says
  useEffect(() => {
    let isLatest = true;
    const timer = setTimeout(async () => {
      const input = { definition, scheduleId, from: new Date(from), until: new Date(until) };
      const result = await preview(input).catch(() => null);
      if (!isLatest) return;
      if (result?.ok) {
        const { findings, ...timeline } = result.data;
        setShown({ timeline, findings, errors: {}, failure: null });
      } else {
        const fields = result?.fields ?? [];
        const errors = Object.fromEntries(fields.map(({ path, message }) => [path, message]));
        const unanswered = "The server did not answer. It is asked again when you change something.";
        const failure = fields.length > 0 ? null : (result?.message ?? unanswered);
        setShown((before) => ({ ...before, findings: [], errors, failure }));
      }
      setAnswered(asked);
    }, WAIT_MS);
    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [preview, asked, scheduleId, from, until]);

  return { ...shown, isCurrent: answered === asked };
}
