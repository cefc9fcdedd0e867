"use client";

import { useState } from "react";
import { PersonPicker } from "@/components/organisation/person-picker";
import { useSave } from "@/components/organisation/use-save";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import type { ActionResult } from "@/lib/adapters/action";
import type { ScheduleView } from "@/lib/directory/schedules/get-schedule";
import { localTime } from "./local-days";
import { Moment } from "./moment";
import { useViewerZone } from "./use-viewer-zone";

export type AddOverride = (input: {
  scheduleId: string;
  personId: string;
  startsAt: Date;
  endsAt: Date;
}) => Promise<ActionResult<{ id: string }>>;
export type EndOverride = (input: { id: string }) => Promise<ActionResult<void>>;

/** Who takes over for a while, whatever the layers say. */
export function OverridesPanel({
  schedule,
  canEdit,
  add,
  end,
}: {
  schedule: ScheduleView;
  canEdit: boolean;
  add: AddOverride;
  end: EndOverride;
}) {
  const [open, setOpen] = useState(false);
  const { save, saving } = useSave();
  const { overrides } = schedule;
  return (
    <Panel title="Overrides" aside={overrides.length > 0 ? `${overrides.length} now or coming` : undefined}>
      {overrides.length === 0 ? (
        <p className="text-muted text-sm">
          None now or coming. An override puts somebody else on call for a while.
        </p>
      ) : (
        <ul className="divide-y text-sm">
          {overrides.map((each) => (
            <li key={each.id} className="flex items-center justify-between gap-3 py-1">
              <span className="min-w-0">
                <span className="font-medium">{each.name}</span>{" "}
                <span className="text-muted">
                  <Moment at={each.startsAt} /> to <Moment at={each.endsAt} />
                  {each.enteredBy && `, entered by ${each.enteredBy}`}
                </span>
              </span>
              {canEdit && (
                <Button
                  look="quiet"
                  className="min-h-8"
                  disabled={saving}
                  aria-label={`Cancel the override of ${each.name}`}
                  onClick={() => save(() => end({ id: each.id }), "Override cancelled")}
                >
                  Cancel
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {canEdit && (
        <Button className="mt-2" onClick={() => setOpen(true)}>
          Add override
        </Button>
      )}
      {open && <OverrideDialog schedule={schedule} add={add} close={() => setOpen(false)} />}
    </Panel>
  );
}

function OverrideDialog({
  schedule,
  add,
  close,
}: {
  schedule: ScheduleView;
  add: AddOverride;
  close: () => void;
}) {
  const { save, saving, errors } = useSave();
  const zone = useViewerZone();
  const [person, setPerson] = useState<{ id: string; name: string } | null>(null);
  const [startsAt, setStartsAt] = useState(() => inputTime(new Date(), zone));
  const [endsAt, setEndsAt] = useState(() => inputTime(new Date(Date.now() + 24 * 3_600_000), zone));
  const complete = person !== null && startsAt !== "" && endsAt !== "";
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!complete) return;
    const added = await save(
      () =>
        add({
          scheduleId: schedule.id,
          personId: person.id,
          startsAt: new Date(startsAt),
          endsAt: new Date(endsAt),
        }),
      `${person.name} takes over`,
    );
    if (added) close();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title="Add an override"
      description={`Somebody takes over, whatever the layers say. Times in ${zone}.`}
    >
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <div className="space-y-3 px-4 py-3">
          <Field label="Who takes over" error={errors["/personId"]} hint="Only approvers can.">
            {(control) => (
              <PersonPicker {...control} withRole="approver" value={person} onChange={setPerson} />
            )}
          </Field>
          <div className="grid gap-3 sm:grid-cols-2">
            <Field label="From" error={errors["/startsAt"]}>
              {(control) => (
                <Input
                  {...control}
                  type="datetime-local"
                  required
                  value={startsAt}
                  onChange={(event) => setStartsAt(event.target.value)}
                />
              )}
            </Field>
            <Field label="Until" error={errors["/endsAt"]}>
              {(control) => (
                <Input
                  {...control}
                  type="datetime-local"
                  required
                  value={endsAt}
                  onChange={(event) => setEndsAt(event.target.value)}
                />
              )}
            </Field>
          </div>
        </div>
        <footer className="flex justify-end gap-2 border-t px-4 py-3">
          <Button onClick={close}>Back</Button>
          <Button type="submit" look="accent" disabled={saving || !complete}>
            Add override
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

/** As a date and time field has it, on the viewer's clock. */
function inputTime(at: Date, zone: string): string {
  const { date, clock } = localTime(at, zone);
  return `${date}T${clock}`;
}
