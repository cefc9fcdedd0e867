import { TierBadge } from "@/components/ui/tier-badge";
import type { Backtest, Place } from "@/lib/insights/backtest/replay-policies";

const ROUTES: Record<Place["route"], string> = {
  auto_execute: "runs by itself",
  execute_then_review: "runs, then reviewed",
  batch_review: "batch queue",
  named_approver: "named approver",
  blocked: "forbidden",
  prohibited: "prohibited",
};

/** Which drafts would go elsewhere. */
export function MovesList({ backtest }: { backtest: Pick<Backtest, "moves" | "unmoved" | "drafts"> }) {
  return (
    <section aria-label="What would move" className="rounded-lg border bg-surface">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 px-3.5 py-2">
        <h2 className="font-semibold text-sm">What would move</h2>
        <p className="tabular text-muted text-xs">
          {backtest.unmoved.toLocaleString("en-US")} of {backtest.drafts.toLocaleString("en-US")} stay where
          they were
        </p>
      </header>
      {backtest.moves.length > 0 && (
        <ul className="divide-y border-t text-sm">
          {backtest.moves.slice(0, 20).map(({ from, to, drafts }) => (
            <li
              key={`${from.tier} ${from.route} ${to.tier} ${to.route}`}
              className="flex flex-wrap items-center gap-x-2 gap-y-1 px-3.5 py-1.5"
            >
              <TierBadge tier={from.tier} />
              <span className="text-muted">{ROUTES[from.route]}</span>
              <span aria-hidden="true">→</span>
              <span className="sr-only">to</span>
              <TierBadge tier={to.tier} />
              <span>{ROUTES[to.route]}</span>
              <span className="tabular ml-auto font-medium">{drafts.toLocaleString("en-US")}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
