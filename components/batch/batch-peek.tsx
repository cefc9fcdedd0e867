"use client";

import Link from "next/link";
import { useEffect } from "react";
import { DraftPanel } from "@/components/review/draft-panel";
import { EvidencePanel } from "@/components/review/evidence-panel";
import { payloadMarks } from "@/components/review/payload-marks";
import { PolicyPanel } from "@/components/review/policy-panel";
import { PrecedentsPanel } from "@/components/review/precedents-panel";
import { WhyPanel } from "@/components/review/why-panel";
import { Button } from "@/components/ui/button";
import { useInboxState, useWorkspace } from "@/components/workspace/workspace-provider";
import type { BatchItem } from "@/lib/drafts/batch/types";

/** All that the review of one draft shows, in place. Says so when that is no longer what its row was read with. */
export function BatchPeek({ item, onMoved }: { item: BatchItem; onMoved: () => void }) {
  const { fetchScreen } = useWorkspace();
  const { screens, failures } = useInboxState();
  const timed = screens.get(item.id);
  const failure = failures.get(item.id);
  useEffect(() => {
    void fetchScreen(item.id);
  }, [item.id, fetchScreen]);

  if (!timed) {
    return failure ? (
      <p role="alert" className="px-3 py-4 text-sm">
        {failure.message}{" "}
        <button
          type="button"
          className="font-medium text-accent underline underline-offset-2"
          onClick={() => void fetchScreen(item.id)}
        >
          Try again
        </button>
      </p>
    ) : (
      <p role="status" className="h-40 px-3 py-4 text-muted text-sm">
        Reading the draft…
      </p>
    );
  }
  const { screen, readAt } = timed;
  const hasMoved = screen.screenHash !== item.screenHash;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2 bg-sunken p-2 text-left sm:p-3">
      {hasMoved && (
        <div
          role="alert"
          className="flex flex-wrap items-center gap-3 rounded bg-warn-soft px-3 py-1.5 text-sm text-warn"
        >
          {screen.draft.status === "pending"
            ? "It changed after this batch was read: this is how it is now."
            : "It no longer waits for a decision."}
          <Button onClick={onMoved} className="min-h-8">
            Read the batch anew
          </Button>
        </div>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-2 lg:grid-cols-3">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2">
          <DraftPanel screen={screen} />
        </div>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2">
          <EvidencePanel evidence={screen.evidence} marks={payloadMarks(screen.draft.payload)} />
        </div>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2">
          <WhyPanel screen={screen} serverNow={readAt} />
          <PrecedentsPanel
            precedents={screen.precedents}
            currency={screen.draft.currency}
            serverNow={readAt}
          />
          <PolicyPanel policy={screen.policy} />
        </div>
      </div>
      <p className="text-xs">
        <Link
          href={`/inbox/${item.id}?queue=batch&from=batch`}
          prefetch={false}
          className="font-medium text-accent underline underline-offset-2"
        >
          Open its review
        </Link>{" "}
        <span className="text-muted">to edit it before approving, or to ask for changes by itself.</span>
      </p>
    </div>
  );
}
