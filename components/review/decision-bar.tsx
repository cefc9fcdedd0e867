"use client";

import { Eye } from "lucide-react";
import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { call } from "@/components/shell/call";
import { useKeys } from "@/components/shell/use-keys";
import { Button } from "@/components/ui/button";
import { formatLabel } from "@/components/ui/format-value";
import { Kbd } from "@/components/ui/kbd";
import { keepTyped, readTyped } from "@/components/workspace/typed";
import { secondsOnScreen } from "@/components/workspace/use-reading-time";
import type { View } from "@/components/workspace/view";
import { useInboxState, useWorkspace } from "@/components/workspace/workspace-provider";
import type { EditPreview } from "@/lib/drafts/preview-edit";
import type { ReviewScreen } from "@/lib/drafts/types";
import { backOf } from "./back-of";
import { BrakeDialog } from "./brake-dialog";
import { EditDialog } from "./edit-dialog";
import { ReasonDialog } from "./reason-dialog";
import { useDecide } from "./use-decide";
import type { Neighbours } from "./use-neighbours";
import { useUndo } from "./use-undo";

const BACK = "Escape";
/** What the command palette calls the keys. */
const DECIDE_LABELS = { a: "Approve", e: "Edit, then approve", r: "Reject", c: "Ask for changes" };
const AFTER_LABELS = { a: "Uphold", r: "Overturn" };

type Open = "edit" | "reject" | "request_changes" | "overturn" | "brake" | null;

/** Decides, and moves through the queue; at the bottom of the screen, where a thumb reaches. */
export function DecisionBar({
  screen,
  view,
  neighbours: { previousId, nextId, position, total },
  navigate,
}: {
  screen: ReviewScreen;
  view: View;
  neighbours: Neighbours;
  navigate: (view: Partial<View>) => void;
}) {
  const router = useRouter();
  const { store } = useWorkspace();
  const { present, hidden } = useInboxState();
  const { id } = screen.draft;
  const [typed, setTyped] = useState(() => readTyped(id));
  const [open, setOpen] = useState<Open>(() => openFor(typed?.verdict));
  const send = useDecide(screen, view, navigate);
  const { takeBack, undoLast } = useUndo(navigate);
  const preview = useCallback(
    (payload: Record<string, unknown>) =>
      call<EditPreview>(`/console/drafts/${encodeURIComponent(id)}/preview`, { payload }),
    [id],
  );
  const isAfter = screen.draft.afterReview === "waiting";
  // Decided a moment ago, from this screen: the server's answer is on its way.
  const isSent = hidden.has(id);
  const mayDecide = screen.why.eligible && !isAfter && !isSent;
  const mayLookAfter = screen.why.eligible && isAfter && !isSent;
  const canUndo = screen.undoUntil !== null;
  const others = present[id] ?? [];

  const goBack = () => (view.from ? router.push(backOf(view, id).path) : navigate({ id: null }));
  // Decided, the next one is under the eye; the last one leads back to the one before, or to the list.
  const leave = () => {
    if (view.from === "batch") return goBack();
    const other = nextId ?? previousId;
    if (other) store.select(other);
    navigate({ id: other });
  };
  const approve = () => {
    if (secondsOnScreen(id) < screen.minReadingSeconds) setOpen("brake");
    else void send("approve", { leave });
  };
  const uphold = () => void send("uphold", { leave });
  const ifMay = (run: () => void, otherwise = () => {}) => (mayDecide ? run : otherwise);
  useKeys(
    {
      a: ifMay(approve, () => mayLookAfter && uphold()),
      e: ifMay(() => setOpen("edit")),
      r: ifMay(
        () => setOpen("reject"),
        () => mayLookAfter && setOpen("overturn"),
      ),
      c: ifMay(() => setOpen("request_changes")),
      u: () => void (canUndo ? takeBack(id) : undoLast()),
      j: () => nextId && navigate({ id: nextId }),
      k: () => previousId && navigate({ id: previousId }),
      [BACK]: goBack,
    },
    {
      ...(mayDecide ? DECIDE_LABELS : mayLookAfter ? AFTER_LABELS : {}),
      ...(canUndo ? { u: "Undo your decision" } : {}),
    },
  );

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
      {others.length > 0 && (
        <span role="status" className="inline-flex min-w-0 items-center gap-1.5 truncate text-warn text-xs">
          <Eye aria-hidden="true" className="size-3.5 shrink-0" />
          {others.map(({ name }) => name).join(", ")} {others.length === 1 ? "has" : "have"} this open too
        </span>
      )}
      <div className="ml-auto hidden items-center gap-1.5 text-muted text-xs sm:flex">
        {position !== null && (
          <span className="tabular mr-1">
            {position} of {total}
          </span>
        )}
        <Button
          look="quiet"
          disabled={!previousId}
          onClick={() => previousId && navigate({ id: previousId })}
          className="min-h-8 px-2"
        >
          Previous <Kbd>k</Kbd>
        </Button>
        <Button
          look="quiet"
          disabled={!nextId}
          onClick={() => nextId && navigate({ id: nextId })}
          className="min-h-8 px-2"
        >
          Next <Kbd>j</Kbd>
        </Button>
      </div>
      {open === "brake" && (
        <BrakeDialog
          seconds={secondsOnScreen(id)}
          asked={screen.minReadingSeconds}
          onClose={() => setOpen(null)}
          onApprove={() => {
            setOpen(null);
            void send("approve", { leave, confirmedQuick: true });
          }}
        />
      )}
      {open !== null && open !== "edit" && open !== "brake" && (
        <ReasonDialog
          verdict={open}
          initialReason={typed?.reason ?? ""}
          fields={open === "request_changes" ? fieldsOf(screen) : []}
          onType={(reason) => {
            keepTyped(id, { verdict: open, reason });
            setTyped({ verdict: open, reason });
          }}
          onClose={() => setOpen(null)}
          onSubmit={(reason, fields) => {
            setOpen(null);
            void send(open, { reason, fields, leave });
          }}
        />
      )}
      {open === "edit" && (
        <EditDialog
          screen={screen}
          preview={preview}
          initialReason={typed?.reason ?? ""}
          onClose={() => setOpen(null)}
          onSubmit={(payload, reason) => send("edit_and_approve", { payload, reason, leave })}
        />
      )}
    </div>
  );
}

/** More than this nobody reads; the comment can name them. */
const MOST_FIELDS = 30;

/** The fields of a payload by their JSON Pointers (RFC 6901), as people call them. */
const fieldsOf = ({ draft }: ReviewScreen): { path: string; label: string }[] =>
  Object.keys(draft.decidedPayload ?? draft.payload)
    .slice(0, MOST_FIELDS)
    .map((key) => ({
      path: `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`,
      label: formatLabel(key),
    }));

/** A decision that was refused opens again where it was left. */
function openFor(verdict: string | undefined): Open {
  return verdict === "reject" || verdict === "request_changes" || verdict === "overturn" ? verdict : null;
}
