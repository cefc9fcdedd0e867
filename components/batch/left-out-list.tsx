"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { HostileText } from "@/components/ui/hostile-text";
import type { BatchItem } from "@/lib/drafts/batch/types";

export interface LeftOut {
  item: BatchItem;
  message: string;
}

/** What the last batch could not decide, and why: it stays until somebody has read it. */
export function LeftOutList({ leftOut, onClose }: { leftOut: LeftOut[]; onClose: () => void }) {
  if (leftOut.length === 0) return null;
  return (
    <section
      aria-label="Left out of the last batch"
      className="flex items-start gap-3 rounded-lg border bg-warn-soft px-3 py-2 text-sm"
    >
      <div className="min-w-0 flex-1">
        <h2 className="font-semibold text-warn text-xs">Left out of the last batch</h2>
        <ul>
          {leftOut.map(({ item, message }) => (
            <li key={item.id} className="min-w-0">
              <Link
                href={`/inbox/${item.id}?queue=batch&from=batch`}
                prefetch={false}
                className="font-medium underline underline-offset-2"
              >
                <HostileText text={item.subject.id} />
              </Link>
              : {message}
            </li>
          ))}
        </ul>
      </div>
      <button
        type="button"
        aria-label="Close"
        onClick={onClose}
        className="inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
      >
        <X aria-hidden="true" className="size-4" />
      </button>
    </section>
  );
}
