import { ArrowRight } from "lucide-react";
import Link from "next/link";
import type { NextStep } from "@/lib/insights/next-steps/list-next-steps";
import { formatCount } from "./format-figures";

/** What waits to be done, each as a link to where; nothing while nothing does. */
export function NextSteps({ steps }: { steps: readonly NextStep[] }) {
  if (steps.length === 0) return null;
  return (
    <nav
      aria-label="What to do"
      className="flex items-baseline gap-x-4 rounded-lg border bg-surface px-3.5 py-1.5"
    >
      <span aria-hidden="true" className="shrink-0 font-medium text-muted text-xs">
        To do
      </span>
      <ul className="flex flex-wrap items-center gap-x-5 gap-y-0.5 text-sm">
        {steps.map(({ kind, count, words, href }) => (
          <li key={kind}>
            <Link
              href={href}
              className="inline-flex min-h-7 items-center gap-1.5 hover:underline hover:underline-offset-2"
            >
              <span
                className={kind === "overdue" ? "tabular font-semibold text-bad" : "tabular font-semibold"}
              >
                {formatCount(count)}
              </span>
              {words}
              <ArrowRight aria-hidden="true" className="size-3.5 text-accent" />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
