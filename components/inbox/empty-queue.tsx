import { CheckCheck } from "lucide-react";
import Link from "next/link";
import type { InboxPage, Queue } from "@/lib/drafts/types";

const WOULD: Record<Queue, string> = {
  batch: "Drafts of medium risk come here.",
  named: "Drafts that a policy sends to a named approver come here.",
  after: "What ran by itself, and a person is to look at afterwards, comes here.",
};

/** Nothing waits here: says what would, and where something does. */
export function EmptyQueue({ queue, counts }: { queue: Queue; counts: InboxPage["counts"] }) {
  const other: Queue = queue === "batch" ? "named" : "batch";
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center px-4 py-24 text-center">
      <CheckCheck aria-hidden="true" className="size-8 text-good" />
      <h2 className="mt-3 font-semibold text-base">Nothing waits here</h2>
      <p className="mt-1 text-muted text-sm">{WOULD[queue]} New ones appear by themselves.</p>
      {counts[other] > 0 && (
        <Link
          href={`/inbox?queue=${other}`}
          className="mt-4 font-medium text-accent text-sm underline underline-offset-2"
        >
          {counts[other]} {counts[other] === 1 ? "waits" : "wait"} in the {other} queue
        </Link>
      )}
    </div>
  );
}
