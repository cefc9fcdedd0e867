"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useQueueStore } from "@/components/inbox/queue-store";
import { useKeys } from "@/components/shell/use-keys";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import type { Queue, ReviewScreen } from "@/lib/drafts/types";
import { EditDialog } from "./edit-dialog";
import { ReasonDialog } from "./reason-dialog";
import { type Decide, useDecide } from "./use-decide";
import { useNeighbours } from "./use-neighbours";
import { type Undo, useUndo } from "./use-undo";

const BACK = "Escape";

type Open = "edit" | "reject" | "request_changes" | "overturn" | null;

/** Decides, and moves through the queue; at the bottom of the screen, where a thumb reaches. */
export function DecisionBar({
  screen,
  queue,
  decide,
  undo,
}: {
  screen: ReviewScreen;
  queue: Queue;
  decide: Decide;
  undo: Undo;
}) {
  const router = useRouter();
  const store = useQueueStore();
  const { id } = screen.draft;
  const { previousId, nextId, position, total } = useNeighbours(id, queue);
  const unsent = store.unsent(id);
  const [open, setOpen] = useState<Open>(() => openFor(unsent?.verdict));
  const send = useDecide(screen, queue, decide, undo);
  const takeBack = useUndo(queue, undo);
  const isAfter = screen.draft.afterReview === "waiting";
  const mayDecide = screen.why.eligible && !isAfter;
  const mayLookAfter = screen.why.eligible && isAfter;
  const canUndo = screen.undoUntil !== null;

  const goTo = (other: string | null) => {
    if (other) store.select(other);
    router.push(other ? `/inbox/${other}?queue=${queue}` : `/inbox?queue=${queue}`);
  };
  const { select } = store;
  useEffect(() => select(id), [id, select]);
  // Decided, the next one is under the eye; the last one leads back to the one before, or to the list.
  const leave = () => goTo(nextId ?? previousId);
  const approve = () => void send("approve", { leave });
  const uphold = () => void send("uphold", { leave });
  const ifMay = (run: () => void, otherwise = () => {}) => (mayDecide ? run : otherwise);
  useKeys({
    a: ifMay(approve, () => mayLookAfter && uphold()),
    e: ifMay(() => setOpen("edit")),
    r: ifMay(
      () => setOpen("reject"),
      () => mayLookAfter && setOpen("overturn"),
    ),
    c: ifMay(() => setOpen("request_changes")),
    u: () => canUndo && void takeBack(id),
    j: () => nextId && goTo(nextId),
    k: () => previousId && goTo(previousId),
    [BACK]: () => goTo(null),
  });

  return (
    <div
      role="toolbar"
      aria-label="Decide"
      className="sticky bottom-0 z-10 flex flex-wrap items-center gap-2 border-t bg-surface px-3 py-2 pb-[max(0.5rem,env(safe-area-inset-bottom))] sm:px-4"
    >
      {mayDecide ? (
        <div className="grid w-full grid-cols-2 gap-2 sm:flex sm:w-auto">
          <Button look="primary" hint="a" onClick={approve} className="min-h-11 sm:min-h-9">
            Approve
          </Button>
          <Button
            look="danger"
            hint="r"
            onClick={() => setOpen("reject")}
            className="min-h-11 sm:order-last sm:min-h-9"
          >
            Reject
          </Button>
          <Button hint="e" onClick={() => setOpen("edit")} className="min-h-10 sm:min-h-9">
            Edit
          </Button>
          <Button hint="c" onClick={() => setOpen("request_changes")} className="min-h-10 sm:min-h-9">
            Ask for changes
          </Button>
        </div>
      ) : mayLookAfter ? (
        <div className="grid w-full grid-cols-2 gap-2 sm:flex sm:w-auto">
          <Button look="primary" hint="a" onClick={uphold} className="min-h-11 sm:min-h-9">
            Uphold
          </Button>
          <Button look="danger" hint="r" onClick={() => setOpen("overturn")} className="min-h-11 sm:min-h-9">
            Overturn
          </Button>
        </div>
      ) : (
        <p className="text-muted text-sm">{screen.why.sentence}</p>
      )}
      {canUndo && (
        <Button hint="u" onClick={() => void takeBack(id)}>
          Undo
        </Button>
      )}
      <div className="ml-auto hidden items-center gap-1.5 text-muted text-xs sm:flex">
        {position !== null && (
          <span className="tabular mr-1">
            {position} of {total}
          </span>
        )}
        <Button look="quiet" disabled={!previousId} onClick={() => goTo(previousId)} className="min-h-8 px-2">
          Previous <Kbd>k</Kbd>
        </Button>
        <Button look="quiet" disabled={!nextId} onClick={() => goTo(nextId)} className="min-h-8 px-2">
          Next <Kbd>j</Kbd>
        </Button>
      </div>
      {open !== null && open !== "edit" && (
        <ReasonDialog
          verdict={open}
          initialReason={unsent?.reason ?? ""}
          onClose={() => setOpen(null)}
          onSubmit={(reason) => {
            setOpen(null);
            void send(open, { reason, leave });
          }}
        />
      )}
      {open === "edit" && (
        <EditDialog
          screen={screen}
          initialReason={unsent?.reason ?? ""}
          onClose={() => setOpen(null)}
          onSubmit={(payload, reason) => send("edit_and_approve", { payload, reason, leave })}
        />
      )}
    </div>
  );
}

/** A decision that was refused opens again where it was left. */
function openFor(verdict: string | undefined): Open {
  return verdict === "reject" || verdict === "request_changes" || verdict === "overturn" ? verdict : null;
}
