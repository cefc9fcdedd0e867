"use client";

import { useState } from "react";
import { useSave } from "@/components/organisation/use-save";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/text-area";
import type { ActionFailure, ActionResult } from "@/lib/adapters/action";
import type { PublishInput } from "@/lib/directory/schedules/publish-schedule";
import type { Finding } from "@/lib/routing/schedule-check";

export type Publish = (input: PublishInput) => Promise<ActionResult<{ id: string; version: number }>>;

interface Props {
  /** What would be published, over which version; without note and acceptance, which are asked for here. */
  input: Omit<PublishInput, "note" | "acceptGaps">;
  /** What it changes, a sentence each; null for a new schedule. */
  changes: string[] | null;
  gaps: Finding[];
  publish: Publish;
  onPublished: (published: { id: string; version: number }) => void;
  /** Shows what somebody else published meanwhile beside what was typed. */
  onCompare: () => void;
  close: () => void;
}

const MOST_GAPS = 4;

/** The last look before a schedule counts: what changes, where nobody is on call, and a note for those who ask later. */
export function PublishDialog({ input, changes, gaps, publish, onPublished, onCompare, close }: Props) {
  const { save, saving, errors } = useSave();
  const [note, setNote] = useState("");
  const [acceptGaps, setAcceptGaps] = useState(false);
  const [refusal, setRefusal] = useState<ActionFailure | null>(null);
  const isMoved = refusal?.code === "conflict" && !refusal.fields && input.id !== null;
  const run = async () => {
    const published = await save(async () => {
      const result = await publish({ ...input, note, acceptGaps });
      setRefusal(result.ok ? null : result);
      return result;
    }, `“${input.name}” is published`);
    if (published) onPublished(published);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={input.id === null ? "Publish this schedule?" : `Publish version ${input.version + 1}?`}
      description="It counts from the next draft on, and for every draft that waits for this schedule."
      wide
    >
      <div className="min-h-0 space-y-3 overflow-y-auto px-4 py-3 text-sm">
        {changes !== null && (
          <div>
            <h3 className="font-medium">What changes</h3>
            {changes.length === 0 ? (
              <p className="text-muted">Nothing: it says the same as what is published.</p>
            ) : (
              <ul className="list-disc pl-5">
                {changes.map((change) => (
                  <li key={change}>{change}</li>
                ))}
              </ul>
            )}
          </div>
        )}
        {gaps.length > 0 && (
          <div className="rounded-md bg-warn-soft px-3 py-2">
            <h3 className="font-medium text-warn">
              {gaps.length === 1 ? "One gap" : `${gaps.length} gaps`} in the next eight weeks
            </h3>
            <ul className="list-disc pl-5">
              {gaps.slice(0, MOST_GAPS).map(({ message }) => (
                <li key={message}>{message}</li>
              ))}
              {gaps.length > MOST_GAPS && <li>and {gaps.length - MOST_GAPS} more</li>}
            </ul>
            <label className="mt-2 flex items-center gap-2 font-medium">
              <input
                type="checkbox"
                checked={acceptGaps}
                onChange={(event) => setAcceptGaps(event.target.checked)}
              />
              Publish it with these gaps
            </label>
          </div>
        )}
        <Field
          label="Note"
          optional
          hint="Why, for whoever reads the versions later."
          error={errors["/note"]}
        >
          {(control) => (
            <TextArea
              {...control}
              rows={2}
              maxLength={500}
              value={note}
              onChange={(event) => setNote(event.target.value)}
              onSubmitKey={run}
            />
          )}
        </Field>
        {refusal && (
          <div role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
            <p>{refusal.message}</p>
            {isMoved && (
              <Button className="mt-2" onClick={onCompare}>
                Compare with what is published
              </Button>
            )}
          </div>
        )}
      </div>
      <footer className="flex justify-end gap-2 border-t px-4 py-3">
        <Button onClick={close}>Back to editing</Button>
        <Button look="accent" onClick={run} disabled={saving || (gaps.length > 0 && !acceptGaps)}>
          {saving ? "Publishing…" : "Publish"}
        </Button>
      </footer>
    </Dialog>
  );
}
