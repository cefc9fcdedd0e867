"use client";

import { Button } from "@/components/ui/button";
import { formatLabel } from "@/components/ui/format-value";
import { useInboxState } from "@/components/workspace/workspace-provider";
import type { ReviewScreen } from "@/lib/drafts/types";

/** Says that the draft is not any more what the screen shows. Nothing moves until it is asked for. */
export function MovedLine({ id, latest, onShow }: { id: string; latest: ReviewScreen; onShow: () => void }) {
  const happened = useInboxState().gone.get(id);
  const { status } = latest.draft;
  const last = latest.decisions.at(-1);
  const words =
    happened ??
    (status === "pending"
      ? "changed while you looked at it"
      : last
        ? `${formatLabel(status).toLowerCase()} by ${last.person.name}`
        : formatLabel(status).toLowerCase());
  return (
    <div role="alert" className="sticky top-12 z-20 h-0">
      <div className="mx-auto mt-2 flex w-fit max-w-[calc(100%-1.5rem)] items-center gap-3 rounded-lg border border-accent bg-surface px-3 py-1.5 text-sm shadow-lg">
        <span className="min-w-0">
          This was <span className="font-semibold">{words}</span>
          {status === "pending" ? "." : " just now."}
        </span>
        <Button look="accent" className="min-h-8" onClick={onShow}>
          Show it as it is
        </Button>
      </div>
    </div>
  );
}
