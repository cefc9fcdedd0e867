"use client";

import { useState } from "react";
import { useSave } from "@/components/organisation/use-save";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Panel } from "@/components/ui/panel";
import type { ActionResult } from "@/lib/adapters/action";
import type { ScheduleVersion, ScheduleView } from "@/lib/directory/schedules/get-schedule";
import { Moment } from "./moment";

export type Restore = (input: {
  id: string;
  version: number;
  restore: number;
  acceptGaps?: boolean;
}) => Promise<ActionResult<{ id: string; version: number }>>;

/** Who published what and when, what it changed, and the way back. */
export function VersionsPanel({
  schedule,
  canEdit,
  restore,
}: {
  schedule: ScheduleView;
  canEdit: boolean;
  restore: Restore;
}) {
  const [chosen, setChosen] = useState<ScheduleVersion | null>(null);
  const isRestorable = (version: number) => version !== schedule.version || schedule.archivedAt !== null;
  return (
    <Panel title="Versions" aside={`version ${schedule.version} is in force`}>
      <ol className="divide-y text-sm">
        {schedule.versions.map((each) => (
          <li key={each.version} className="flex items-start justify-between gap-3 py-1.5">
            <div className="min-w-0">
              <p>
                <span className="font-medium">Version {each.version}</span>{" "}
                <span className="text-muted">
                  {each.publishedBy ?? "somebody"}, <Moment at={each.publishedAt} />
                </span>
              </p>
              {each.note && <p className="break-words">“{each.note}”</p>}
              <Changes of={each} />
            </div>
            {canEdit && isRestorable(each.version) && (
              <Button
                look="quiet"
                className="min-h-8 shrink-0"
                aria-label={`Restore version ${each.version}`}
                onClick={() => setChosen(each)}
              >
                Restore
              </Button>
            )}
          </li>
        ))}
      </ol>
      {chosen && (
        <RestoreDialog schedule={schedule} chosen={chosen} restore={restore} close={() => setChosen(null)} />
      )}
    </Panel>
  );
}

function Changes({ of }: { of: ScheduleVersion }) {
  if (of.version === 1) return <p className="text-muted text-xs">The first version.</p>;
  if (of.changes.length === 0) return <p className="text-muted text-xs">Says the same as the one before.</p>;
  return (
    <ul className="list-disc pl-4 text-muted text-xs">
      {of.changes.map((change) => (
        <li key={change}>{change}</li>
      ))}
    </ul>
  );
}

function RestoreDialog({
  schedule,
  chosen,
  restore,
  close,
}: {
  schedule: ScheduleView;
  chosen: ScheduleVersion;
  restore: Restore;
  close: () => void;
}) {
  const { save, saving, errors } = useSave();
  const [acceptGaps, setAcceptGaps] = useState(false);
  const refusal = errors["/definition"];
  const run = async () => {
    const { id, version } = schedule;
    const done = await save(
      () => restore({ id, version, restore: chosen.version, acceptGaps }),
      `Version ${chosen.version} is in force again`,
    );
    if (done) close();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Restore version ${chosen.version}?`}
      description={`It is published anew as version ${schedule.version + 1} and counts at once. Overrides stay as they are.`}
    >
      {refusal && (
        <div className="space-y-2 px-4 py-3 text-sm">
          <p role="alert" className="text-bad">
            {refusal}
          </p>
          <label className="flex items-center gap-2">
            <input
              type="checkbox"
              checked={acceptGaps}
              onChange={(event) => setAcceptGaps(event.target.checked)}
            />
            Restore it also with times when nobody is on call
          </label>
        </div>
      )}
      <footer className="flex justify-end gap-2 px-4 py-3">
        <Button onClick={close}>Back</Button>
        <Button look="accent" onClick={run} disabled={saving}>
          Restore
        </Button>
      </footer>
    </Dialog>
  );
}
