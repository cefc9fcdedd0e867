"use client";

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { Series, SeriesStep } from "@/lib/insights/figures/types";
import { formatCount, formatDay, formatDays } from "./format-figures";
import { OUTCOMES, sumOf } from "./outcome-series";

const UNITS: Record<number, string> = { 1: "day", 7: "week" };

/** Volume by outcome over time as stacked bars, with the same as a table behind it. Arrow keys walk through the bars. */
export function VolumeChart({ series, title }: { series: Series; title: string }) {
  const { total, daysPerStep } = series;
  const shown = OUTCOMES.filter(({ key }) => total.some((step) => step[key] > 0));
  const unit = UNITS[daysPerStep] ?? "four weeks";
  return (
    <section aria-label={title} className="rounded-lg border bg-surface">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-3.5 pt-2.5">
        <h2 className="font-semibold text-sm">{title}</h2>
        <ul aria-label="Colours" className="flex flex-wrap gap-x-3 gap-y-0.5 text-muted text-xs">
          {shown.map(({ key, label, color }) => (
            <li key={key} className="flex items-center gap-1.5">
              <span aria-hidden="true" className="size-2.5 rounded-[3px]" style={{ background: color }} />
              {label}
            </li>
          ))}
        </ul>
      </header>
      <div className="h-60 px-1 pt-2">
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 640, height: 232 }}>
          <BarChart
            data={total}
            margin={{ top: 4, right: 12, bottom: 0, left: 0 }}
            barCategoryGap="14%"
            title={title}
            desc={`Stacked bars, one for each ${unit}: ${shown.map(({ label }) => label).join(", ")}. The table below has the numbers.`}
          >
            <CartesianGrid vertical={false} stroke="var(--color-line)" />
            <XAxis
              dataKey="from"
              tickFormatter={(day: string) => formatDay(day)}
              tick={{ fill: "var(--color-muted)", fontSize: 11 }}
              tickLine={false}
              axisLine={{ stroke: "var(--color-line)" }}
              minTickGap={28}
            />
            <YAxis
              allowDecimals={false}
              width={44}
              tickFormatter={formatCount}
              tick={{ fill: "var(--color-muted)", fontSize: 11 }}
              tickLine={false}
              axisLine={false}
            />
            <Tooltip
              cursor={{ fill: "var(--color-hover)" }}
              content={StepTooltip}
              isAnimationActive={false}
            />
            {shown.map(({ key, color }) => (
              <Bar
                key={key}
                dataKey={key}
                stackId="volume"
                fill={color}
                stroke="var(--color-surface)"
                strokeWidth={0.5}
                maxBarSize={48}
                isAnimationActive={false}
              />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
      <details className="border-t">
        <summary className="px-3.5 py-2 font-medium text-muted text-xs hover:text-ink">
          The same as a table
        </summary>
        <ScrollRegion label={`${title} as a table`} className="relative max-h-80 overflow-auto border-t">
          <StepTable steps={total} unit={unit} />
        </ScrollRegion>
      </details>
    </section>
  );
}

function StepTooltip({
  active,
  payload,
}: {
  active?: boolean;
  payload?: readonly { payload?: SeriesStep }[];
}) {
  const step = payload?.[0]?.payload;
  if (!active || !step) return null;
  return (
    <div className="rounded-md border bg-surface px-2.5 py-2 text-xs shadow-lg">
      <p className="mb-1 font-medium">
        {formatDays(step.from, step.to)}: {formatCount(sumOf(step))} decided
      </p>
      {OUTCOMES.filter(({ key }) => step[key] > 0).map(({ key, label, color }) => (
        <p key={key} className="flex items-center gap-1.5 text-muted">
          <span aria-hidden="true" className="size-2 rounded-[2px]" style={{ background: color }} />
          {label}
          <span className="tabular ml-auto pl-4 text-ink">{formatCount(step[key])}</span>
        </p>
      ))}
    </div>
  );
}

function StepTable({ steps, unit }: { steps: SeriesStep[]; unit: string }) {
  return (
    <table className="w-full min-w-[44rem] border-collapse text-xs">
      <thead className="sticky top-0 bg-sunken text-left text-muted">
        <tr>
          <th scope="col" className="px-3.5 py-1.5 font-medium">
            {unit === "day" ? "Day" : unit === "week" ? "Week" : "Four weeks"} (UTC)
          </th>
          {OUTCOMES.map(({ key, label }) => (
            <th key={key} scope="col" className="px-2 py-1.5 text-right font-medium">
              {label}
            </th>
          ))}
          <th scope="col" className="px-3.5 py-1.5 text-right font-medium">
            In all
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {steps.toReversed().map((step) => (
          <tr key={step.from}>
            <th scope="row" className="whitespace-nowrap px-3.5 py-1 text-left font-normal">
              {formatDays(step.from, step.to)}
            </th>
            {OUTCOMES.map(({ key }) => (
              <td key={key} className="tabular px-2 py-1 text-right">
                {formatCount(step[key])}
              </td>
            ))}
            <td className="tabular px-3.5 py-1 text-right font-medium">{formatCount(sumOf(step))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
