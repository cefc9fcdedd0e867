"use client";

import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { percent } from "@/lib/insights/promotion/describe-promotion";
import type { LimitEvidence } from "@/lib/insights/promotion/find-threshold";
import { factWords } from "@/lib/policy/explain";
import { numberWords } from "./promotion-words";
import { roundTicks } from "./round-ticks";

/** How the bound goes with the limit: down while people approve, up where they begin to refuse. The table has the numbers. */
export function BoundChart({
  curve,
  fact,
  direction,
  currency,
  tolerance,
  chosen,
}: {
  curve: readonly LimitEvidence[];
  fact: string;
  direction: "lte" | "gte";
  currency: string | null;
  tolerance: number;
  /** The limit that is proposed; null for "not yet". */
  chosen: number | null;
}) {
  const points = direction === "lte" ? [...curve] : [...curve].reverse();
  const most = Math.min(
    1,
    Math.max(tolerance * 4, ...curve.map(({ bound }) => Math.min(bound, tolerance * 6))),
  );
  const at = points.find(({ value }) => value === chosen);
  const words = (value: number) => numberWords(value, fact, currency);
  const [least, largest] = [points[0]!.value, points.at(-1)!.value];
  const isRight = at !== undefined && at.value > (least + largest) / 2;
  const title = `The share of wrong ones, at most, by the limit on ${factWords(fact)}`;
  return (
    <section aria-label={title} className="rounded-lg border bg-surface">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-3.5 pt-2.5">
        <h2 className="font-semibold text-sm">{title}</h2>
        <p className="text-muted text-xs">the upper bound, with 95% confidence</p>
      </header>
      <div className="h-56 px-1 pt-2">
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 640, height: 216 }}>
          <LineChart
            data={points}
            margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
            title={title}
            desc="A line that falls with more clean decisions and rises with refused ones. The table below has the numbers."
          >
            <CartesianGrid vertical={false} stroke="var(--color-line)" />
            <XAxis
              dataKey="value"
              type="number"
              domain={[least, largest]}
              ticks={roundTicks(least, largest)}
              tickFormatter={(value: number) => value.toLocaleString("en-US", { maximumFractionDigits: 6 })}
              tick={{ fill: "var(--color-muted)", fontSize: 11 }}
              tickLine={false}
              axisLine={{ stroke: "var(--color-line)" }}
              minTickGap={28}
            />
            <YAxis
              domain={[0, most]}
              ticks={roundTicks(0, most)}
              allowDataOverflow
              width={44}
              tickFormatter={(share: number) => percent(share)}
              tick={{ fill: "var(--color-muted)", fontSize: 11 }}
              tickLine={false}
              axisLine={false}
            />
            <Tooltip content={<LimitTooltip words={words} />} isAnimationActive={false} />
            <ReferenceLine
              y={tolerance}
              stroke="var(--color-bad)"
              strokeDasharray="5 4"
              label={{
                value: `tolerance ${percent(tolerance)}`,
                // At the lax end: at the other one the line always comes down across the tolerance.
                position: direction === "lte" ? "insideBottomRight" : "insideBottomLeft",
                fill: "var(--color-bad)",
                fontSize: 11,
              }}
            />
            <Line
              dataKey="bound"
              type="stepAfter"
              stroke="var(--color-accent)"
              strokeWidth={2}
              dot={false}
              isAnimationActive={false}
            />
            {at && (
              <ReferenceLine
                x={at.value}
                stroke="var(--color-good)"
                strokeDasharray="2 3"
                label={{
                  value: `${direction === "lte" ? "up to" : "from"} ${words(at.value)}: ${percent(at.bound)}`,
                  // Left or right of the line: where there is room.
                  position: isRight ? "insideTopRight" : "insideTopLeft",
                  fill: "var(--color-good)",
                  fontSize: 12,
                  fontWeight: 600,
                }}
              />
            )}
            {at && (
              <ReferenceDot
                x={at.value}
                y={at.bound}
                r={5}
                fill="var(--color-good-solid)"
                stroke="var(--color-surface)"
                strokeWidth={2}
              />
            )}
          </LineChart>
        </ResponsiveContainer>
      </div>
      <details className="border-t">
        <summary className="px-3.5 py-2 font-medium text-muted text-xs hover:text-ink">
          The same as a table
        </summary>
        <ScrollRegion label={`${title} as a table`} className="max-h-72 overflow-auto border-t">
          <table className="w-full border-collapse text-xs">
            <thead className="sticky top-0 bg-sunken text-left text-muted">
              <tr>
                <th scope="col" className="px-3.5 py-1.5 font-medium">
                  Limit
                </th>
                <th scope="col" className="px-3 py-1.5 text-right font-medium">
                  Decided
                </th>
                <th scope="col" className="px-3 py-1.5 text-right font-medium">
                  Wrong
                </th>
                <th scope="col" className="px-3.5 py-1.5 text-right font-medium">
                  At most
                </th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {points.map(({ value, decided, wrong, bound }) => (
                <tr key={value} className={value === chosen ? "bg-good-soft text-good" : undefined}>
                  <th scope="row" className="px-3.5 py-1 text-left font-normal">
                    {words(value)}
                  </th>
                  <td className="tabular px-3 py-1 text-right">{decided}</td>
                  <td className="tabular px-3 py-1 text-right">{wrong}</td>
                  <td className="tabular px-3.5 py-1 text-right">{percent(bound)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </details>
    </section>
  );
}

function LimitTooltip({
  active,
  payload,
  words,
}: {
  active?: boolean;
  payload?: readonly { payload?: LimitEvidence }[];
  words: (value: number) => string;
}) {
  const limit = payload?.[0]?.payload;
  if (!active || !limit) return null;
  return (
    <div className="rounded-md border bg-surface px-2.5 py-2 text-xs shadow-lg">
      <p className="font-medium">Limit {words(limit.value)}</p>
      <p className="text-muted">
        {limit.decided} decided, {limit.wrong} wrong: at most {percent(limit.bound)}
      </p>
    </div>
  );
}
