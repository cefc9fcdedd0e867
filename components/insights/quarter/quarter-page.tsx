"use client";

import { ChevronLeft, ChevronRight, Printer } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { EmptyState, PageFrame } from "@/components/organisation/page-frame";
import { Button } from "@/components/ui/button";
import type { ActionResult } from "@/lib/adapters/action";
import { quarterWords, stepQuarter } from "@/lib/insights/quarter/quarter";
import type { SignQuarterInput } from "@/lib/insights/quarter/sign-quarter";
import { FINDING_KINDS, type QuarterReview } from "@/lib/insights/quarter/types";
import { formatDays } from "../figures/format-figures";
import { FindingGroup } from "./finding-group";
import { SignOffPanel } from "./sign-off-panel";

const pathOf = (quarter: string) => `/insights/quarter?q=${quarter}`;

/** What a quarter asks somebody to do, on one page that can be printed and signed off. */
export function QuarterPage({
  review,
  sign,
}: {
  review: QuarterReview;
  /** Null for those who may only look. */
  sign: ((input: SignQuarterInput) => Promise<ActionResult<{ id: string }>>) | null;
}) {
  const { quarter, days, isRunning, preparing, findings } = review;
  const [looked, setLooked] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) => {
    const next = new Set(looked);
    if (!next.delete(id)) next.add(id);
    setLooked(next);
  };
  const groups = FINDING_KINDS.map((kind) => ({
    kind,
    findings: findings.filter((finding) => finding.kind === kind),
  })).filter((group) => group.findings.length > 0);

  return (
    <PageFrame
      title="Quarterly review"
      description="What the quarter asks somebody to do: what runs by itself and should not, what people decide and need not, and what nobody answers for."
      actions={
        <>
          <nav
            aria-label="Quarter"
            className="flex items-center rounded-md border bg-surface text-sm print:hidden"
          >
            <Link
              href={pathOf(stepQuarter(quarter, -1))}
              aria-label="The quarter before"
              className="inline-flex size-9 items-center justify-center rounded-l-md hover:bg-hover"
            >
              <ChevronLeft aria-hidden="true" className="size-4" />
            </Link>
            <span className="tabular px-1 font-medium">{quarter.replace("-", " ")}</span>
            {isRunning ? (
              <span className="inline-flex size-9 items-center justify-center text-muted opacity-40">
                <ChevronRight aria-hidden="true" className="size-4" />
              </span>
            ) : (
              <Link
                href={pathOf(stepQuarter(quarter, 1))}
                aria-label="The quarter after"
                className="inline-flex size-9 items-center justify-center rounded-r-md hover:bg-hover"
              >
                <ChevronRight aria-hidden="true" className="size-4" />
              </Link>
            )}
          </nav>
          <Button onClick={() => window.print()} className="print:hidden">
            <Printer aria-hidden="true" className="size-4" /> Print
          </Button>
        </>
      }
    >
      <p className="-mt-2 mb-4 text-muted text-sm">
        {quarterWords(quarter)}, {formatDays(days.from, days.to)}
        {isRunning && ", still running"} ·{" "}
        {findings.length === 0
          ? "nothing to do"
          : `${findings.length} ${findings.length === 1 ? "thing" : "things"} to look at`}
      </p>
      {preparing && (
        <p role="status" className="mb-4 rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
          The figures are being prepared: {preparing.daysDone} of {preparing.daysInAll} days are there. What
          rests on them is missing below until they are done.
        </p>
      )}
      {findings.length === 0 && !preparing ? (
        <EmptyState title="Nothing stands out in this quarter">
          Every action type that agents asked for has a policy, nothing that ran by itself was overturned, no
          hold is older than a month, and nothing that people decide is ready to run by itself.
        </EmptyState>
      ) : (
        <div className="space-y-5">
          {groups.map((group) => (
            <FindingGroup key={group.kind} {...group} looked={looked} toggle={sign ? toggle : null} />
          ))}
        </div>
      )}
      <SignOffPanel review={review} looked={looked} sign={sign} />
    </PageFrame>
  );
}
