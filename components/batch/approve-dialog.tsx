"use client";

import { Check } from "lucide-react";
import { Checkbox } from "radix-ui";
import { type ReactNode, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { BatchItem } from "@/lib/drafts/batch/types";
import { countOf } from "./batch-words";
import { missingReasons, ReasonFields, reasonOf } from "./reason-fields";
import { sumAmounts } from "./sum-amounts";

/** The one question before a batch is approved: how many, how much, what stays, and for how long it can be taken back. */
export function ApproveDialog({
  items,
  others,
  asideCount,
  secondsOf,
  onApprove,
  onClose,
}: {
  items: BatchItem[];
  /** Not selected. */
  others: BatchItem[];
  asideCount: number;
  secondsOf: (id: string) => number;
  onApprove: (rejected: { draftId: string; reason: string }[], isQuick: boolean) => void;
  onClose: () => void;
}) {
  const [rejects, setRejects] = useState(false);
  const [reasons, setReasons] = useState<Record<string, string>>({});
  const [isAsked, setAsked] = useState(false);
  // As it was when the question came up: the time goes on while it is read.
  const [looked] = useState(() =>
    items.map(({ id, minReadingSeconds }) => ({ seconds: secondsOf(id), minReadingSeconds })),
  );
  const quick = looked.filter(({ seconds, minReadingSeconds }) => seconds < minReadingSeconds);
  const least = Math.min(...looked.map(({ seconds }) => seconds));
  const checkboxId = useId();
  const total = sumAmounts(items);
  const submit = () => {
    setAsked(true);
    if (rejects && missingReasons(others, reasons).length > 0) return;
    onApprove(
      rejects ? others.map(({ id }) => ({ draftId: id, reason: reasonOf(id, reasons) })) : [],
      quick.length > 0,
    );
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Approve ${countOf(items.length)}?`}>
      <form
        className="flex min-h-0 flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="flex min-h-0 flex-col gap-3 overflow-y-auto px-4 py-3 text-sm">
          <dl className="grid grid-cols-[7rem_1fr] gap-x-3 gap-y-1">
            {total !== null && (
              <Line term="In all">
                <span className="tabular font-semibold text-base">{total}</span>
              </Line>
            )}
            {asideCount > 0 && (
              <Line term="Put aside">
                {countOf(asideCount)}, left out: {asideCount === 1 ? "it waits" : "each waits"} for a look of
                its own.
              </Line>
            )}
            {others.length > 0 && (
              <Line term="Not selected">
                {countOf(others.length)},{" "}
                {rejects ? "to be rejected." : `${others.length === 1 ? "stays" : "stay"} in the queue.`}
              </Line>
            )}
            <Line term="Looked at">
              For {least} s{items.length > 1 && " each at least"}.
            </Line>
            <Line term="Undo">{undoWords(items)}</Line>
          </dl>
          {quick.length > 0 && (
            <p className="rounded bg-warn-soft px-2.5 py-1.5 text-warn">
              {quick.length === items.length ? "The" : `For ${quick.length} of them the`} policy asks for at
              least {Math.max(...quick.map(({ minReadingSeconds }) => minReadingSeconds))} s of looking each.
              The trail will say that you were quicker.
            </p>
          )}
          {others.length > 0 && (
            <div className="rounded-md border px-2.5 py-2">
              <div className="flex items-center gap-2">
                <Checkbox.Root
                  id={checkboxId}
                  checked={rejects}
                  onCheckedChange={(checked) => setRejects(checked === true)}
                  className="flex size-4 shrink-0 items-center justify-center rounded border border-strong-line bg-surface data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=checked]:text-on-accent"
                >
                  <Checkbox.Indicator>
                    <Check aria-hidden="true" className="size-3" strokeWidth={3} />
                  </Checkbox.Indicator>
                </Checkbox.Root>
                <label htmlFor={checkboxId}>
                  Reject the {others.length === 1 ? "one" : others.length} not selected, too
                </label>
              </div>
              {rejects && (
                <div className="mt-2">
                  <ReasonFields
                    items={others}
                    reasons={reasons}
                    isAsked={isAsked}
                    onChange={setReasons}
                    onSubmitKey={submit}
                  />
                </div>
              )}
            </div>
          )}
        </div>
        <div className="flex items-center justify-end gap-2 border-t px-4 py-3">
          <Button look="quiet" autoFocus={quick.length > 0} onClick={onClose}>
            {quick.length > 0 ? "Read on" : "Cancel"}
          </Button>
          <Button type="submit" look="primary" autoFocus={quick.length === 0}>
            Approve {items.length}
            {rejects && `, reject ${others.length}`}
            {quick.length > 0 && " all the same"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Line({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{term}</dt>
      <dd>{children}</dd>
    </>
  );
}

function undoWords(items: BatchItem[]): string {
  const seconds = items.map(({ undoSeconds }) => undoSeconds);
  const least = Math.min(...seconds);
  if (Math.max(...seconds) === 0) return "Not possible: they are carried out at once.";
  const some = seconds.filter((each) => each === 0).length;
  return some > 0 ? `Not possible for ${some} of them.` : `Possible for ${least} s.`;
}
