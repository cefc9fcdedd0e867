"use client";

import { CheckCheck, SearchX } from "lucide-react";
import { useEffect, useState } from "react";
import { call } from "@/components/shell/call";
import { Button } from "@/components/ui/button";
import type { View } from "@/components/workspace/view";
import type { DayFigures } from "@/lib/drafts/get-day-figures";
import { type InboxPage, QUEUES, type Queue } from "@/lib/drafts/types";

const WOULD: Record<Queue, string> = {
  batch: "Drafts of medium risk come here.",
  named: "Drafts that a policy sends to a named approver come here.",
  after: "What ran by itself, and a person is to look at afterwards, comes here.",
};
const NAMES: Record<Queue, string> = {
  batch: "in the batch queue",
  named: "in the named queue",
  after: "to be looked at afterwards",
};

/** Nothing is shown: says why, what was done today, and where something waits. */
export function EmptyQueue({
  view,
  isFiltered,
  ofAll,
  counts,
  navigate,
}: {
  view: View;
  isFiltered: boolean;
  ofAll: number;
  counts: InboxPage["counts"];
  navigate: (view: Partial<View>) => void;
}) {
  if (isFiltered) {
    return (
      <div className="mx-auto flex max-w-sm flex-col items-center px-4 py-24 text-center">
        <SearchX aria-hidden="true" className="size-8 text-muted" />
        <h2 className="mt-3 font-semibold text-base">Nothing here matches</h2>
        <p className="mt-1 text-muted text-sm">
          {ofAll > 0 ? `${ofAll} ${ofAll === 1 ? "draft waits" : "drafts wait"} without these filters. ` : ""}
          What was decided is in the history.
        </p>
        <div className="mt-4 flex gap-2">
          <Button look="accent" onClick={() => navigate({ filters: {} })}>
            Clear the filters
          </Button>
          <a
            href={`/history?${new URLSearchParams(view.filters.q ? { q: view.filters.q } : {})}`}
            className="inline-flex min-h-9 items-center rounded-md border border-strong-line bg-surface px-3 font-medium text-sm hover:bg-hover"
          >
            Look in the history
          </a>
        </div>
      </div>
    );
  }
  const elsewhere = QUEUES.filter((queue) => queue !== view.queue && counts[queue] > 0);
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center px-4 py-24 text-center">
      <CheckCheck aria-hidden="true" className="size-8 text-good" />
      <h2 className="mt-3 font-semibold text-base">Nothing waits here</h2>
      <Today />
      <p className="mt-1 text-muted text-sm">{WOULD[view.queue]} New ones appear by themselves.</p>
      {elsewhere.map((queue) => (
        <button
          key={queue}
          type="button"
          onClick={() => navigate({ queue, filters: {}, id: null })}
          className="mt-4 font-medium text-accent text-sm underline underline-offset-2"
        >
          {counts[queue]} {counts[queue] === 1 ? "waits" : "wait"} {NAMES[queue]}
        </button>
      ))}
    </div>
  );
}

/** What this person has decided since midnight, where they are. */
function Today() {
  const [figures, setFigures] = useState<DayFigures | null>(null);
  useEffect(() => {
    const midnight = new Date();
    midnight.setHours(0, 0, 0, 0);
    void call<DayFigures>(`/console/today?since=${encodeURIComponent(midnight.toISOString())}`).then(
      (answer) => {
        if (answer.ok) setFigures(answer.data);
      },
    );
  }, []);
  if (!figures) return <p className="mt-1 h-5" />;
  const { approved, rejected, sentBack, medianSeconds } = figures;
  const decided = approved + rejected + sentBack;
  if (decided === 0) return <p className="mt-1 h-5 text-sm">You have decided nothing yet today.</p>;
  const parts = [
    `${approved} approved`,
    ...(rejected ? [`${rejected} rejected`] : []),
    ...(sentBack ? [`${sentBack} sent back`] : []),
  ];
  return (
    <p className="mt-1 text-sm">
      Today you decided <span className="font-semibold">{decided}</span>: {parts.join(", ")}
      {medianSeconds !== null && `, ${medianSeconds} s each at the median`}.
    </p>
  );
}
