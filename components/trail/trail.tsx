import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import { formatUtc } from "@/components/ui/format-time";
import { HostileText } from "@/components/ui/hostile-text";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { TrailEntry } from "@/lib/drafts/types";
import { LocalTime } from "./local-time";

/** Everything that happened to one draft, oldest first, as the audit trail has it. */
export function Trail({ draftId, entries }: { draftId: string; entries: TrailEntry[] }) {
  return (
    <div className="mx-auto max-w-3xl px-4 py-4">
      <header className="mb-4 flex flex-wrap items-center gap-x-3">
        <Link
          href={`/inbox/${draftId}`}
          aria-label="Back to the draft"
          className="-ml-1 inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
        >
          <ChevronLeft aria-hidden="true" className="size-4" />
        </Link>
        <h1 className="font-semibold text-base">Trail</h1>
        <code className="font-mono text-muted text-xs">{draftId}</code>
      </header>
      <ol aria-label="Events" className="relative border-l-2 pl-5">
        {entries.map((entry) => (
          <li key={entry.id} className="relative pb-5 last:pb-0">
            <span
              aria-hidden="true"
              className="absolute top-1.5 -left-[1.625rem] size-2.5 rounded-full border-2 border-page bg-accent"
            />
            <p className="text-sm">
              <span className="font-medium">{entry.actor}</span> <HostileText text={entry.sentence} />
            </p>
            <p className="mt-0.5 text-muted text-xs">
              <code className="font-mono">{entry.verb}</code> ·{" "}
              <time dateTime={entry.occurredAt} className="tabular">
                {formatUtc(entry.occurredAt)}
              </time>
              <LocalTime at={entry.occurredAt} />
            </p>
            <details className="mt-1">
              <summary className="inline font-medium text-accent text-xs">The event as recorded</summary>
              <ScrollRegion
                label="Event"
                className="mt-1 max-h-96 overflow-auto rounded-md border bg-sunken p-2.5 font-mono text-xs"
              >
                <HostileText text={JSON.stringify(entry.event, null, 2)} />
              </ScrollRegion>
            </details>
          </li>
        ))}
      </ol>
    </div>
  );
}
