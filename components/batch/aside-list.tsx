"use client";

import { Eye } from "lucide-react";
import Link from "next/link";
import { formatMoney } from "@/components/ui/format-value";
import { HostileText } from "@/components/ui/hostile-text";
import { Panel } from "@/components/ui/panel";
import { TimeLeft } from "@/components/ui/time-left";
import type { Batch } from "@/lib/drafts/batch/types";
import { PrecedentDots } from "./precedent-dots";

/** What is unlike the others, each with why; it is decided by itself. */
export function AsideList({ aside, serverNow }: { aside: Batch["aside"]; serverNow: number }) {
  if (aside.length === 0) return null;
  return (
    <Panel title={`Put aside for a look of its own: ${aside.length}`} aside="Not part of this batch">
      <ul className="divide-y">
        {aside.map(({ item, reasons }) => (
          <li key={item.id} className="flex flex-wrap items-start gap-x-4 gap-y-1 py-2 text-sm first:pt-0">
            <div className="min-w-0 basis-full lg:flex-1 lg:basis-auto">
              <p className="flex min-w-0 items-baseline gap-2">
                <span className="min-w-0 truncate font-medium">
                  <HostileText text={item.subject.id} oneLine />
                </span>
                {item.amount !== null && (
                  <span className="tabular shrink-0 font-semibold">
                    {formatMoney(item.amount, item.currency)}
                  </span>
                )}
                <span className="hidden min-w-0 truncate text-muted text-xs italic sm:inline">
                  <HostileText text={item.summary} oneLine />
                </span>
              </p>
              <ul className="mt-0.5 text-warn">
                {reasons.map(({ sentence }) => (
                  <li key={sentence}>
                    <HostileText text={sentence} />
                  </li>
                ))}
              </ul>
            </div>
            <PrecedentDots precedents={item.precedents} />
            <span className="py-0.5 text-xs">
              <TimeLeft dueAt={item.dueAt} serverNow={serverNow} />
            </span>
            <Link
              href={`/inbox/${item.id}?queue=batch&from=batch`}
              prefetch={false}
              className="inline-flex min-h-8 items-center gap-1.5 rounded-md border border-strong-line bg-surface px-2.5 font-medium text-sm hover:bg-hover"
            >
              <Eye aria-hidden="true" className="size-3.5" />
              Look at it
              <span className="sr-only"> ({item.subject.id})</span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
