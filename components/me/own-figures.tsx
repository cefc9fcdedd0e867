"use client";

import { useCallback, useEffect, useState } from "react";
import { call } from "@/components/shell/call";
import { Panel } from "@/components/ui/panel";
import type { DayFigures } from "@/lib/drafts/get-day-figures";
import { decidedOf, formatSeconds, formatShare, meaningOf } from "./figure-words";
import { SecondsChart } from "./seconds-chart";

const PERIODS = [
  { label: "Today", days: 1 },
  { label: "7 days", days: 7 },
  { label: "30 days", days: 30 },
];

const ROWS: { label: string; hint?: string; of: (figures: DayFigures) => string; isPart?: true }[] = [
  { label: "Decided", of: (figures) => many(decidedOf(figures)) },
  { label: "Approved", of: ({ approved }) => many(approved), isPart: true },
  { label: "Edited first", hint: "Counted in approved.", of: ({ edited }) => many(edited), isPart: true },
  { label: "Rejected", of: ({ rejected }) => many(rejected), isPart: true },
  { label: "Sent back for changes", of: ({ sentBack }) => many(sentBack), isPart: true },
  { label: "Undone", hint: "Taken back in time; counted nowhere else.", of: ({ undone }) => many(undone) },
  { label: "In batches", of: (figures) => formatShare(figures.inBatches, decidedOf(figures)) },
  {
    label: "Quicker than asked",
    hint: "Approved before the policy's reading time had passed, after being asked once more.",
    of: ({ quick }) => many(quick),
  },
  {
    label: "Time for each, median",
    hint: "While its screen was in sight.",
    of: ({ medianSeconds }) => (medianSeconds === null ? "–" : formatSeconds(medianSeconds)),
  },
  { label: "Time in all", of: ({ totalSeconds }) => formatSeconds(totalSeconds) },
];

const many = (count: number) => count.toLocaleString("en-US");

/** Midnight where the reader is, so many days ago; today counts as the first. */
function midnight(days: number): string {
  const at = new Date();
  at.setHours(0, 0, 0, 0);
  at.setDate(at.getDate() - (days - 1));
  return at.toISOString();
}

/** What this person has decided: what it means, then the figures, then how long they looked. */
export function OwnFigures({ mayDecide }: { mayDecide: boolean }) {
  const [figures, setFigures] = useState<DayFigures[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const read = useCallback(async () => {
    const query = PERIODS.map(({ days }) => `since=${encodeURIComponent(midnight(days))}`).join("&");
    const answer = await call<DayFigures[]>(`/console/figures?${query}`);
    setFailure(answer.ok ? null : answer.message);
    if (answer.ok) setFigures(answer.data);
  }, []);
  useEffect(() => void read(), [read]);
  const month = figures?.[2];

  return (
    <div className="grid min-w-0 gap-4">
      <Panel title="Your decisions">
        {failure ? (
          <p role="alert" className="py-1 text-bad text-sm">
            {failure}{" "}
            <button type="button" onClick={read} className="font-medium underline">
              Try again
            </button>
          </p>
        ) : (
          <p className="min-h-[2.875rem] py-1 text-sm max-sm:min-h-[5.5rem]">
            {month ? (
              <>
                {meaningOf(month)}
                {!mayDecide && " Deciding needs the approver role."}
              </>
            ) : (
              <span role="status" className="text-muted">
                Reading your figures…
              </span>
            )}
          </p>
        )}
        <table className="mt-1 w-full text-sm">
          <caption className="sr-only">Your decisions today, in 7 days and in 30 days</caption>
          <thead>
            <tr className="border-b text-muted text-xs">
              <th scope="col" className="py-1.5 text-left font-medium">
                <span className="sr-only">Figure</span>
              </th>
              {PERIODS.map(({ label }) => (
                <th key={label} scope="col" className="w-16 py-1.5 text-right font-medium sm:w-24">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {ROWS.map(({ label, hint, of, isPart }) => (
              <tr key={label}>
                <th
                  scope="row"
                  className={isPart ? "py-1.5 pl-4 text-left font-normal" : "py-1.5 text-left font-medium"}
                >
                  {label}
                  {hint && <span className="block font-normal text-muted text-xs">{hint}</span>}
                </th>
                {PERIODS.map((period, index) => (
                  <td key={period.label} className="tabular py-1.5 text-right align-top">
                    {figures?.[index] ? of(figures[index]) : <span className="text-muted">…</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      <Panel title="Seconds on the screen" aside="30 days">
        <SecondsChart spread={month?.spread ?? null} />
      </Panel>
    </div>
  );
}
