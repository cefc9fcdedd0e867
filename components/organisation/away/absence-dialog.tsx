"use client";

import { useState } from "react";
import { localTime } from "@/components/organisation/on-call/local-days";
import { Moment } from "@/components/organisation/on-call/moment";
import { useViewerZone } from "@/components/organisation/on-call/use-viewer-zone";
import { PersonPicker } from "@/components/organisation/person-picker";
import { useSave } from "@/components/organisation/use-save";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import type { ActionResult } from "@/lib/adapters/action";
import type { AbsenceEffectView, AbsenceInput, EnteredAbsence } from "@/lib/directory/absences/enter-absence";

export type EnterAbsence = (input: AbsenceInput) => Promise<ActionResult<EnteredAbsence>>;

interface Props {
  viewer: { id: string; name: string };
  forAnyone: boolean;
  enter: EnterAbsence;
  close: () => void;
}

type Choice = { id: string; name: string } | null;

/** Enters an absence; what one may not expect of it is said before it is entered. */
export function AbsenceDialog({ viewer, forAnyone, enter, close }: Props) {
  const zone = useViewerZone();
  const { save, saving, errors } = useSave();
  const [asking, setAsking] = useState(false);
  const [person, setPerson] = useState<Choice>(viewer);
  const [delegate, setDelegate] = useState<Choice>(null);
  const [days, setDays] = useState(() => {
    const today = localTime(new Date(), zone).date;
    return { first: today, last: today, from: "", until: "" };
  });
  const [note, setNote] = useState("");
  const [effects, setEffects] = useState<AbsenceEffectView[]>([]);
  const set = (change: Partial<typeof days>) => {
    setDays((before) => ({ ...before, ...change }));
    setEffects([]);
  };
  const complete = person !== null && days.first !== "" && days.last !== "";

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!complete) return;
    const input: AbsenceInput = {
      personId: person.id,
      startsAt: new Date(`${days.first}T${days.from || "00:00"}`),
      endsAt: endOf(days),
      delegateId: delegate?.id ?? null,
      note,
      acceptEffects: effects.length > 0,
    };
    setAsking(true);
    const answer = enter(input);
    const first = await answer.catch(() => null);
    setAsking(false);
    // Answered, but not entered: what follows from it is shown first.
    if (first?.ok && first.data.id === null) return setEffects(first.data.effects);
    const entered = await save(() => answer, "Absence entered");
    if (entered) close();
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title="Enter an absence"
      description={`Times in ${zone}, your zone.`}
    >
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <div className="min-h-0 space-y-3 overflow-y-auto px-4 py-3">
          <div className="grid grid-cols-2 gap-3">
            <Field label="First day" error={errors["/startsAt"]}>
              {(control) => (
                <Input
                  {...control}
                  type="date"
                  required
                  value={days.first}
                  onChange={(event) => set({ first: event.target.value })}
                />
              )}
            </Field>
            <Field label="From" optional>
              {(control) => (
                <Input
                  {...control}
                  type="time"
                  value={days.from}
                  onChange={(event) => set({ from: event.target.value })}
                />
              )}
            </Field>
            <Field label="Last day" error={errors["/endsAt"]}>
              {(control) => (
                <Input
                  {...control}
                  type="date"
                  required
                  min={days.first}
                  value={days.last}
                  onChange={(event) => set({ last: event.target.value })}
                />
              )}
            </Field>
            <Field label="Until" optional>
              {(control) => (
                <Input
                  {...control}
                  type="time"
                  value={days.until}
                  onChange={(event) => set({ until: event.target.value })}
                />
              )}
            </Field>
          </div>
          {forAnyone && (
            <Field label="Who is away" error={errors["/personId"]}>
              {(control) => (
                <PersonPicker
                  {...control}
                  value={person}
                  onChange={(chosen) => {
                    setPerson(chosen);
                    setEffects([]);
                  }}
                />
              )}
            </Field>
          )}
          <Field
            label="Delegate"
            optional
            error={errors["/delegateId"]}
            hint="An approver who may decide meanwhile what the person away could."
          >
            {(control) => (
              <PersonPicker
                {...control}
                withRole="approver"
                exclude={person ? [person.id] : []}
                value={delegate}
                onChange={(chosen) => {
                  setDelegate(chosen);
                  setEffects([]);
                }}
              />
            )}
          </Field>
          <Field label="Note" optional hint="Everybody who reads this page sees it." error={errors["/note"]}>
            {(control) => (
              <Input
                {...control}
                maxLength={200}
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
            )}
          </Field>
          <Effects effects={effects} delegate={delegate?.name ?? null} />
        </div>
        <footer className="flex justify-end gap-2 border-t px-4 py-3">
          <Button onClick={close}>Back</Button>
          <Button type="submit" look="accent" disabled={saving || asking || !complete}>
            {effects.length > 0 ? "Enter it all the same" : "Enter absence"}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

/** The last day's end, or the time given on it, on the viewer's own clock. */
function endOf({ last, until }: { last: string; until: string }): Date {
  if (until) return new Date(`${last}T${until}`);
  const end = new Date(`${last}T00:00`);
  end.setDate(end.getDate() + 1);
  return end;
}

const MOST = 5;

function Effects({ effects, delegate }: { effects: AbsenceEffectView[]; delegate: string | null }) {
  if (effects.length === 0) return null;
  return (
    <div role="alert" className="rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
      <p className="font-medium">
        {delegate ? `${delegate} does not answer all that time.` : "Nobody stands in for these shifts."}
      </p>
      <ul className="list-disc pl-5">
        {effects.slice(0, MOST).map((effect) => (
          <li key={`${effect.kind}${effect.from.getTime()}`}>
            <Moment at={effect.from} /> to <Moment at={effect.until} />: {wordsOf(effect)}
          </li>
        ))}
        {effects.length > MOST && <li>and {effects.length - MOST} more</li>}
      </ul>
    </div>
  );
}

function wordsOf(effect: AbsenceEffectView): string {
  if (effect.kind === "on_call") return `on call in “${effect.schedule}”`;
  return effect.kind === "further"
    ? `${effect.name} answers instead`
    : `nobody answers, because ${effect.because}`;
}
