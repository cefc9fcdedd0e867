"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { Preparation } from "@/lib/insights/figures/types";
import { formatCount } from "./format-figures";

const LOOK_AGAIN_MS = 3_000;

/** While past days are still added up: how far it is, and nothing that could be wrong. Looks again by itself. */
export function FiguresPending({ daysDone, daysInAll }: Preparation) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <div role="status" className="rounded-lg border bg-surface px-4 py-10 text-center">
      <p className="font-medium">Figures are being prepared</p>
      <p className="mx-auto mt-1 max-w-md text-muted text-sm">
        {daysDone === 0
          ? "A worker adds past days up. This happens once; the page shows them as soon as they are complete."
          : `${formatCount(daysDone)} of ${formatCount(daysInAll)} days are counted. The page shows them as soon as all are.`}
      </p>
      <progress
        aria-label="Days counted"
        value={daysDone}
        max={Math.max(1, daysInAll)}
        className="mt-4 h-1.5 w-56 accent-accent"
      />
    </div>
  );
}
