import Link from "next/link";
import { LocalDay } from "@/components/ui/local-day";
import type { Offence } from "@/lib/insights/backtest/replay-policies";
import { numberWords } from "./promotion-words";

const WORDS: Record<Offence["outcome"], string> = {
  approved: "Approved",
  upheld: "Upheld",
  edited: "Edited before it was approved",
  rejected: "Rejected",
  changes_requested: "Sent back for changes",
  overturned: "Overturned afterwards",
};

/** Drafts that people stopped or changed and that would have run: what to look at before anything is promoted. */
export function LookAtList({
  offences,
  total,
  currency,
}: {
  offences: readonly Offence[];
  total: number;
  currency: string | null;
}) {
  return (
    <section aria-label="To look at" className="rounded-lg border bg-surface">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 px-3.5 py-2">
        <h2 className="font-semibold text-sm">To look at</h2>
        <p className="text-muted text-xs">
          people stopped or changed these, and they would have run by themselves
        </p>
      </header>
      {offences.length === 0 ? (
        <p className="border-t px-3.5 py-3 text-muted text-sm">
          None: of what would have run, people stopped or changed nothing.
        </p>
      ) : (
        <ul className="divide-y border-t text-sm">
          {offences.slice(0, 50).map(({ id, at, outcome, amount, imported }) => (
            <li key={id} className="flex flex-wrap items-baseline gap-x-3 px-3.5 py-1.5">
              <Link
                href={`/drafts/${encodeURIComponent(id)}`}
                className="font-medium text-accent hover:underline"
              >
                {WORDS[outcome]}
              </Link>
              {amount !== null && <span className="tabular">{numberWords(amount, "amount", currency)}</span>}
              {imported && <span className="text-muted text-xs">imported</span>}
              <span className="ml-auto text-muted text-xs">
                <LocalDay at={new Date(at * 1000).toISOString()} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {total > 50 && <p className="border-t px-3.5 py-2 text-muted text-xs">The newest 50 of {total}.</p>}
    </section>
  );
}
