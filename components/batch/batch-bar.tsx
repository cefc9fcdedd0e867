"use client";

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { countOf } from "./batch-words";

/** Decides what is selected; at the bottom of the screen, where a thumb reaches. */
export function BatchBar({
  selected,
  total,
  aside,
  unseen,
  progress,
  undoUntil,
  mayDecide,
  onApprove,
  onReject,
  onAskForChanges,
  onToggleAll,
  onUndo,
}: {
  selected: number;
  total: number;
  /** Put aside for a look of their own. */
  aside: number;
  /** So many of what is selected have not been on the screen yet. */
  unseen: number;
  progress: { done: number; total: number } | null;
  undoUntil: number | null;
  mayDecide: boolean;
  onApprove: () => void;
  onReject: () => void;
  onAskForChanges: () => void;
  onToggleAll: () => void;
  onUndo: () => void;
}) {
  const isUndoable = useIsBefore(undoUntil);
  const cannot = selected === 0 || progress !== null;
  if (total === 0 && !isUndoable && !progress) return null;
  return (
    <div
      role="toolbar"
      aria-label="Decide the batch"
      className="sticky bottom-0 z-10 border-t bg-surface px-3 py-2 pb-[max(0.5rem,env(safe-area-inset-bottom))] sm:px-4"
    >
      {progress && (
        <div
          role="progressbar"
          aria-label="Deciding"
          aria-valuenow={progress.done}
          aria-valuemax={progress.total}
          className="absolute inset-x-0 top-0 h-0.5 bg-accent-soft"
        >
          <div
            className="h-full bg-accent transition-[width]"
            style={{ width: `${(100 * Math.max(progress.done, 1)) / progress.total}%` }}
          />
        </div>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {mayDecide && total > 0 && (
          <div className="grid w-full grid-cols-2 gap-2 sm:flex sm:w-auto">
            <Button
              look="primary"
              hint="a"
              disabled={cannot || unseen > 0}
              onClick={onApprove}
              className="min-h-11 sm:min-h-9"
            >
              Approve {selected}
            </Button>
            <Button
              look="danger"
              hint="r"
              disabled={cannot}
              onClick={onReject}
              className="min-h-11 sm:order-last sm:min-h-9"
            >
              Reject {selected}
            </Button>
            <Button hint="c" disabled={cannot} onClick={onAskForChanges} className="min-h-10 sm:min-h-9">
              Ask for changes
            </Button>
            <Button
              hint="*"
              disabled={progress !== null}
              onClick={onToggleAll}
              className="min-h-10 sm:min-h-9"
            >
              {selected === total ? "Select none" : "Select all"}
            </Button>
          </div>
        )}
        {!mayDecide && <p className="text-muted text-sm">You can look; deciding needs the approver role.</p>}
        {isUndoable && (
          <Button hint="u" onClick={onUndo}>
            Undo the last batch
          </Button>
        )}
        <p role="status" className="tabular text-muted text-xs sm:ml-auto">
          {progress
            ? `Deciding: ${progress.done} of ${progress.total}`
            : unseen > 0 && mayDecide
              ? `${countOf(unseen)} not seen yet: look through all to approve.`
              : total > 0 && `${selected} of ${total} selected${aside > 0 ? `, ${aside} put aside` : ""}`}
        </p>
      </div>
    </div>
  );
}

/** Whether it is before that time by this browser's clock; draws again when it no longer is. */
function useIsBefore(until: number | null): boolean {
  const [over, setOver] = useState<number | null>(null);
  useEffect(() => {
    if (until === null) return;
    const timer = setTimeout(() => setOver(until), Math.max(0, until - Date.now()));
    return () => clearTimeout(timer);
  }, [until]);
  return until !== null && over !== until;
}
