import type { Slice } from "@/lib/insights/backtest/slice-cases";
import { percent } from "@/lib/insights/promotion/describe-promotion";

const FEW = 20;

/** The same question for each part of the drafts: where the bound is high, history is thin or people refuse. */
export function SliceTable({ slices, tolerance }: { slices: readonly Slice[]; tolerance: number }) {
  if (slices.length === 0) return null;
  return (
    <section aria-label="Part by part" className="overflow-hidden rounded-lg border bg-surface">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 px-3.5 py-2">
        <h2 className="font-semibold text-sm">Part by part</h2>
        <p className="text-muted text-xs">few decisions have a wide bound; it says what is not known yet</p>
      </header>
      <table className="w-full border-collapse text-sm">
        <thead className="border-y bg-sunken text-left text-muted text-xs">
          <tr>
            <th scope="col" className="px-3.5 py-1.5 font-medium">
              Part
            </th>
            <th scope="col" className="px-3 py-1.5 text-right font-medium">
              <span className="sm:hidden">Dec.</span>
              <span className="hidden sm:inline">Decided</span>
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
          {slices.map(({ by, value, evidence }, index) => {
            const isThin = evidence.decided < FEW;
            const isHigh = evidence.bound >= tolerance;
            return (
              <tr
                key={`${by} ${value}`}
                className={index > 0 && slices[index - 1]!.by !== by ? "border-t-2" : undefined}
              >
                <th scope="row" className="min-w-0 px-3.5 py-1.5 text-left font-normal">
                  <span className="text-muted text-xs">{by} </span>
                  <span className="break-words">{value}</span>
                </th>
                <td className="tabular px-3 py-1.5 text-right">{evidence.decided}</td>
                <td className="tabular px-3 py-1.5 text-right">{evidence.wrong}</td>
                <td className="tabular px-3.5 py-1.5 text-right">
                  <span
                    className={
                      isHigh && !isThin && evidence.wrong > 0
                        ? "font-medium text-bad"
                        : isThin
                          ? "text-muted"
                          : undefined
                    }
                  >
                    {evidence.decided === 0 ? "—" : percent(evidence.bound)}
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
