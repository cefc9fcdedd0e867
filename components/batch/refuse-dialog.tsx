"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { BatchItem } from "@/lib/drafts/batch/types";
import { countOf } from "./batch-words";
import { missingReasons, ReasonFields, reasonOf } from "./reason-fields";

const WORDS = {
  reject: {
    title: (count: string) => `Reject ${count}`,
    description: "Nothing of them is executed. The agents and later approvers learn from the reason.",
    look: "danger_solid" as const,
  },
  request_changes: {
    title: (count: string) => `Ask for changes to ${count}`,
    description: "The agents get your comment and may send revised drafts.",
    look: "accent" as const,
  },
};

/** Asks for the reason that refusing needs: one for all, or one for each. Ctrl+Enter sends. */
export function RefuseDialog({
  verdict,
  items,
  onSubmit,
  onClose,
}: {
  verdict: keyof typeof WORDS;
  items: BatchItem[];
  onSubmit: (reasons: { draftId: string; reason: string }[]) => void;
  onClose: () => void;
}) {
  const words = WORDS[verdict];
  const [reasons, setReasons] = useState<Record<string, string>>({});
  const [isAsked, setAsked] = useState(false);
  const submit = () => {
    setAsked(true);
    if (missingReasons(items, reasons).length > 0) return;
    onSubmit(items.map(({ id }) => ({ draftId: id, reason: reasonOf(id, reasons) })));
  };
  const title = words.title(countOf(items.length));
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title} description={words.description}>
      <form
        className="flex min-h-0 flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="min-h-0 overflow-y-auto px-4 py-3">
          <ReasonFields
            items={items}
            reasons={reasons}
            isAsked={isAsked}
            onChange={setReasons}
            onSubmitKey={submit}
          />
        </div>
        <div className="flex items-center justify-end gap-2 border-t px-4 py-3">
          <span className="mr-auto hidden text-muted text-xs pointer-fine:inline">Ctrl+Enter sends</span>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look={words.look}>
            {title}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
