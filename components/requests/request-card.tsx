"use client";

import { ArrowRight, RotateCcw } from "lucide-react";
import Link from "next/link";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { HostileText } from "@/components/ui/hostile-text";
import { TierBadge } from "@/components/ui/tier-badge";
import { Age } from "@/components/ui/time-left";
import type { OwnRequest } from "@/lib/drafting/list-draft-requests";
import { RequestSteps } from "./request-steps";
import { costOf, failureTitle, progressOf, whereaboutsOf } from "./request-words";

/** One of the person's own requests: what they asked, how far it is, and the draft that came of it. */
export function RequestCard({
  request,
  serverNow,
  onCancel,
  onAgain,
}: {
  request: OwnRequest;
  serverNow: number;
  onCancel: () => Promise<void>;
  /** Puts what was asked back into the form; none where nobody can ask. */
  onAgain: (() => void) | null;
}) {
  const { title, subject, text, status, draft, draft_id, error, created_at } = request;
  const isOpen = request.finished_at === null;
  const cost = costOf(request);
  return (
    <li className="rounded-lg border bg-surface px-3 py-2.5" data-request={request.id}>
      <div className="flex items-baseline justify-between gap-3">
        <h3 className="min-w-0 truncate font-medium text-sm">
          {title}{" "}
          <span className="font-normal text-muted">
            · {subject.type} <HostileText text={subject.id} oneLine />
          </span>
        </h3>
        <span className="shrink-0 text-xs">
          <Age at={created_at} serverNow={serverNow} ago />
        </span>
      </div>
      <p className="mt-0.5 line-clamp-2 text-muted text-sm">
        <HostileText text={text} />
      </p>
      <div className="mt-2 flex min-h-6 flex-wrap items-center justify-between gap-x-3 gap-y-1.5">
        <RequestSteps request={request} />
        {cost && <span className="tabular text-2xs text-muted">{cost}</span>}
      </div>
      {isOpen && <Progress request={request} serverNow={serverNow} onCancel={onCancel} />}
      {status === "cancelled" && (
        <Ended words="You called it off. Nothing was submitted." onAgain={onAgain} />
      )}
      {error && (
        <div className="mt-2 rounded-md bg-bad-soft px-2.5 py-2 text-sm">
          <p className="font-medium text-bad">{failureTitle(error.code)}</p>
          <p className="mt-0.5">
            <HostileText text={error.message} />
          </p>
          {onAgain && <AgainButton onAgain={onAgain} />}
        </div>
      )}
      {draft && (
        <div className="mt-2 rounded-md border bg-sunken px-2.5 py-2 text-sm">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <TierBadge tier={draft.tier} />
            <Link
              href={`/drafts/${draft_id}`}
              className="inline-flex min-w-0 items-center gap-1 font-medium text-accent hover:underline"
            >
              <HostileText text={draft.summary} />
              <ArrowRight aria-hidden="true" className="size-3.5 shrink-0" />
            </Link>
          </p>
          <p className="mt-1 text-muted text-xs">{whereaboutsOf(draft)}</p>
        </div>
      )}
    </li>
  );
}

const Ended = ({ words, onAgain }: { words: string; onAgain: (() => void) | null }) => (
  <div className="mt-1.5 text-muted text-sm">
    <p>{words}</p>
    {onAgain && <AgainButton onAgain={onAgain} />}
  </div>
);

const AgainButton = ({ onAgain }: { onAgain: () => void }) => (
  <Button onClick={onAgain} className="mt-1.5 min-h-8 px-2.5">
    <RotateCcw aria-hidden="true" className="size-3.5" /> Try again
  </Button>
);

function Progress({
  request,
  serverNow,
  onCancel,
}: {
  request: OwnRequest;
  serverNow: number;
  onCancel: () => Promise<void>;
}) {
  const now = useSeconds(serverNow);
  const [cancelling, setCancelling] = useState(false);
  return (
    <div className="mt-1.5 flex items-center justify-between gap-3 text-sm">
      <p>{progressOf(request, now)}</p>
      {request.status !== "checking" && (
        <Button
          look="quiet"
          className="min-h-8 px-2"
          disabled={cancelling}
          onClick={async () => {
            setCancelling(true);
            await onCancel();
            setCancelling(false);
          }}
        >
          {cancelling ? "Cancelling…" : "Cancel"}
        </Button>
      )}
    </div>
  );
}

/** The server's clock, by the second. */
function useSeconds(serverNow: number): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const offset = serverNow - Date.now();
    const timer = setInterval(() => setNow(Date.now() + offset), 1_000);
    return () => clearInterval(timer);
  }, [serverNow]);
  return now;
}
