import { ChevronLeft, History } from "lucide-react";
import Link from "next/link";
import { formatLabel, formatMoney } from "@/components/ui/format-value";
import { HostileText } from "@/components/ui/hostile-text";
import { TierBadge } from "@/components/ui/tier-badge";
import { Age, TimeLeft } from "@/components/ui/time-left";
import type { ReviewScreen } from "@/lib/drafts/types";
import { backOf, type Origin } from "./back-of";

/** What it is, at a glance. */
export function ReviewHeader({
  screen: { draft, imported },
  queue,
  from,
  serverNow,
}: Origin & { screen: ReviewScreen; serverNow: number }) {
  const back = backOf({ queue, from }, draft.id);
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 sm:px-4">
      <Link
        href={back.path}
        aria-label={back.label}
        title={`${back.label} (Esc)`}
        className="-ml-1 inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
      >
        <ChevronLeft aria-hidden="true" className="size-4" />
      </Link>
      <TierBadge tier={draft.tier} />
      <h1 className="font-semibold text-base">{draft.title}</h1>
      {draft.amount !== null && (
        <span className="tabular font-semibold text-base">{formatMoney(draft.amount, draft.currency)}</span>
      )}
      <span className="min-w-0 truncate text-muted text-sm">
        for {draft.subject.type} <HostileText text={draft.subject.id} />
      </span>
      {draft.status !== "pending" && (
        <span className="rounded border px-1.5 py-0.5 font-medium text-xs">
          {imported ? "Imported" : formatLabel(draft.status)}
        </span>
      )}
      <div className="flex items-center gap-3 text-muted text-xs sm:ml-auto">
        <span>
          {draft.agent.name}, <Age ago at={draft.createdAt} serverNow={serverNow} />
        </span>
        {draft.dueAt && draft.status === "pending" && (
          <span>
            <TimeLeft dueAt={draft.dueAt} serverNow={serverNow} /> left
          </span>
        )}
        <Link
          href={`/drafts/${draft.id}/trail`}
          prefetch={false}
          className="inline-flex items-center gap-1 font-medium text-accent hover:underline hover:underline-offset-2"
        >
          <History aria-hidden="true" className="size-3.5" />
          Trail
        </Link>
      </div>
    </header>
  );
}
