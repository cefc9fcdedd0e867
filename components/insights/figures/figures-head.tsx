import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { Period } from "@/lib/insights/figures/period";
import { formatDays } from "./format-figures";
import { PeriodPicker } from "./period-picker";

/** The head of a page of figures: what it is of, which days, and how they count. */
export function FiguresHead({
  title,
  back,
  period,
  today,
  isDropped,
  children,
}: {
  title: string;
  back?: { href: string; label: string };
  period: Period;
  today: string;
  /** The address named a period that makes no sense. */
  isDropped: boolean;
  children?: ReactNode;
}) {
  return (
    <header className="mb-4">
      {back && (
        <Link
          href={back.href}
          className="mb-0.5 -ml-0.5 inline-flex items-center gap-0.5 text-muted text-xs hover:text-ink"
        >
          <ChevronLeft aria-hidden="true" className="size-3" />
          {back.label}
        </Link>
      )}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 className="min-w-0 break-words font-semibold text-lg tracking-tight">{title}</h1>
        <PeriodPicker period={period} today={today} />
      </div>
      <p className="mt-1 text-muted text-xs">
        {formatDays(period.from, period.to)}, compared with {formatDays(period.before.from, period.before.to)}
        . Each draft counts once, on the UTC day of its decision.{children}
      </p>
      {isDropped && (
        <p role="status" className="mt-2 rounded-md bg-warn-soft px-2.5 py-1.5 text-warn text-xs">
          The address names days that make no sense. These are the last 30 days.
        </p>
      )}
    </header>
  );
}
