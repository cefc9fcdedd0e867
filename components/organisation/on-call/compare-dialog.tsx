"use client";

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ActionResult } from "@/lib/adapters/action";
import type { ScheduleView } from "@/lib/directory/schedules/get-schedule";
import { type NamedSchedule, scheduleChanges } from "@/lib/routing/schedule-changes";
import { Moment } from "./moment";

export type ReadPublished = (id: string) => Promise<ActionResult<ScheduleView>>;

interface Props {
  id: string;
  /** What the editor began with, and what is typed now. */
  base: NamedSchedule;
  mine: NamedSchedule;
  nameOf: (personId: string) => string;
  readPublished: ReadPublished;
  onKeepMine: (published: ScheduleView) => void;
  onTakeTheirs: (published: ScheduleView) => void;
  close: () => void;
}

/** Two who edited at once: what the other published, what would become of it, and the choice. */
export function CompareDialog(props: Props) {
  const { id, base, mine, readPublished, onKeepMine, onTakeTheirs, close } = props;
  const [published, setPublished] = useState<ScheduleView | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    let isOpen = true;
    readPublished(id)
      .then((result) => {
        if (!isOpen) return;
        if (result.ok) setPublished(result.data);
        else setFailure(result.message);
      })
      .catch(() => isOpen && setFailure("The server did not answer. Close this and try again."));
    return () => {
      isOpen = false;
    };
  }, [id, readPublished]);
  const nameOf = (personId: string) => published?.names[personId] ?? props.nameOf(personId);
  const latest = published?.versions[0];
  return (
    <Dialog open onOpenChange={(open) => !open && close()} title="Compare with what is published" wide>
      <div className="min-h-0 space-y-3 overflow-y-auto px-4 py-3 text-sm">
        {failure && <p className="text-bad">{failure}</p>}
        {!published && !failure && <p className="text-muted">Reading what is published…</p>}
        {published && (
          <>
            <Differences
              title={
                <>
                  Version {published.version} by {latest?.publishedBy ?? "somebody"}
                  {latest && (
                    <span className="font-normal text-muted">
                      , <Moment at={latest.publishedAt} />
                    </span>
                  )}
                  {latest?.note && <span className="font-normal"> “{latest.note}”</span>}
                </>
              }
              changes={scheduleChanges(base, published, nameOf)}
              none="It says the same as what you began with."
            />
            <Differences
              title={`What publishing yours would change in version ${published.version}`}
              changes={scheduleChanges(published, mine, nameOf)}
              none="Nothing: yours says the same."
            />
          </>
        )}
      </div>
      <footer className="flex flex-wrap justify-end gap-2 border-t px-4 py-3">
        <Button onClick={close}>Back to editing</Button>
        <Button disabled={!published} onClick={() => published && onTakeTheirs(published)}>
          Take theirs, discard mine
        </Button>
        <Button look="accent" disabled={!published} onClick={() => published && onKeepMine(published)}>
          Keep mine, to publish over it
        </Button>
      </footer>
    </Dialog>
  );
}

function Differences({ title, changes, none }: { title: React.ReactNode; changes: string[]; none: string }) {
  return (
    <section>
      <h3 className="font-medium">{title}</h3>
      {changes.length === 0 ? (
        <p className="text-muted">{none}</p>
      ) : (
        <ul className="list-disc pl-5">
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
