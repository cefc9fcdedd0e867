"use client";

import Link from "next/link";
import { useState } from "react";
import { Moment } from "@/components/organisation/on-call/moment";
import { EmptyState, PageFrame } from "@/components/organisation/page-frame";
import { useSave } from "@/components/organisation/use-save";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Dialog } from "@/components/ui/dialog";
import type { ActionResult } from "@/lib/adapters/action";
import type { AbsenceList, AbsenceView } from "@/lib/directory/absences/list-absences";
import { AbsenceDialog, type EnterAbsence } from "./absence-dialog";

interface Props extends AbsenceList {
  page: number;
  viewer: { id: string; name: string };
  /** May enter and cancel for anyone. */
  canEditAll: boolean;
  enter: EnterAbsence;
  cancel: (input: { id: string }) => Promise<ActionResult<void>>;
}

/** Who is away now and soon, and who answers for them meanwhile. */
export function AwayPage({ own, others, hasMore, page, viewer, canEditAll, enter, cancel }: Props) {
  const [entering, setEntering] = useState(false);
  const [ending, setEnding] = useState<AbsenceView | null>(null);
  const { save, saving } = useSave();
  const end = async (absence: AbsenceView) => {
    await save(
      () => cancel({ id: absence.id }),
      absence.isNow ? "The absence ends now" : "Absence cancelled",
    );
    setEnding(null);
  };
  return (
    <PageFrame
      title="Away"
      description="Whoever is away is not asked. Their delegate may decide meanwhile what they could, and nothing more."
      actions={
        <Button look="accent" onClick={() => setEntering(true)}>
          Enter an absence
        </Button>
      }
    >
      {own.length === 0 && others.length === 0 && page === 1 ? (
        <EmptyState title="Nobody is away">
          Enter an absence before you go, with somebody who answers for you, so that nothing waits for you in
          vain.
        </EmptyState>
      ) : (
        <div className="space-y-4">
          <AbsenceRows title="Yours" none="You are here." absences={own} isYours canEnd end={setEnding} />
          <AbsenceRows
            title="Everybody else"
            none={page === 1 ? "Nobody else is away." : "No more."}
            absences={others}
            canEnd={canEditAll}
            end={setEnding}
          />
          {(page > 1 || hasMore) && (
            <nav aria-label="Pages" className="flex justify-between text-sm">
              {page > 1 ? <Link href={`?page=${page - 1}`}>Earlier</Link> : <span />}
              {hasMore && <Link href={`?page=${page + 1}`}>Later</Link>}
            </nav>
          )}
        </div>
      )}
      {entering && (
        <AbsenceDialog
          viewer={viewer}
          forAnyone={canEditAll}
          enter={enter}
          close={() => setEntering(false)}
        />
      )}
      <Dialog
        open={ending !== null}
        onOpenChange={(open) => !open && setEnding(null)}
        title={ending?.isNow ? "End this absence now?" : "Cancel this absence?"}
        description={ending?.isNow ? `${ending.name} is asked again at once.` : `${ending?.name} stays.`}
      >
        <footer className="flex justify-end gap-2 px-4 py-3">
          <Button onClick={() => setEnding(null)}>Back</Button>
          <Button look="accent" disabled={saving} onClick={() => ending && end(ending)}>
            {ending?.isNow ? "End it now" : "Cancel it"}
          </Button>
        </footer>
      </Dialog>
    </PageFrame>
  );
}

function AbsenceRows({
  title,
  none,
  absences,
  isYours = false,
  canEnd,
  end,
}: {
  title: string;
  none: string;
  absences: AbsenceView[];
  isYours?: boolean;
  canEnd: boolean;
  end: (absence: AbsenceView) => void;
}) {
  return (
    <section aria-label={title}>
      <h2 className="mb-1 font-semibold text-sm">{title}</h2>
      {absences.length === 0 ? (
        <p className="text-muted text-sm">{none}</p>
      ) : (
        <ul className="divide-y overflow-hidden rounded-lg border bg-surface">
          {absences.map((absence) => (
            <li key={absence.id} className="flex items-start justify-between gap-3 px-3 py-2 text-sm">
              <div className="min-w-0 gap-x-4 md:grid md:flex-1 md:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)_minmax(0,1.4fr)]">
                <p className="min-w-0">
                  {!isYours && <span className="font-medium">{absence.name} </span>}
                  <span
                    className={classNames(
                      "rounded px-1.5 py-0.5 font-medium text-xs",
                      absence.isNow ? "bg-warn-soft text-warn" : "bg-hover text-muted",
                    )}
                  >
                    {absence.isNow ? "away now" : "coming"}
                  </span>
                </p>
                <p className="text-muted">
                  <Moment at={absence.startsAt} /> to <Moment at={absence.endsAt} />
                </p>
                <p className="min-w-0 break-words">
                  <DelegateWords absence={absence} />
                  {absence.note && <span className="block text-muted text-xs">{absence.note}</span>}
                </p>
              </div>
              {canEnd && (
                <Button
                  look="quiet"
                  className="min-h-8 shrink-0"
                  aria-label={`${absence.isNow ? "End" : "Cancel"} the absence of ${absence.name}`}
                  onClick={() => end(absence)}
                >
                  {absence.isNow ? "End now" : "Cancel"}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function DelegateWords({ absence: { delegate, answers } }: { absence: AbsenceView }) {
  if (answers && "because" in answers) {
    return (
      <span className="text-warn">
        {delegate ? `${delegate} stands in, but nobody answers: ${answers.because}` : "Nobody stands in"}
      </span>
    );
  }
  if (answers && answers.name !== delegate) {
    return (
      <>
        {delegate} stands in; {answers.name} answers now
      </>
    );
  }
  return delegate ? <>{delegate} stands in</> : <span className="text-muted">Nobody stands in</span>;
}
