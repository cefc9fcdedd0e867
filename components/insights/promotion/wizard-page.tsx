import { Hourglass } from "lucide-react";
import { PageFrame } from "@/components/organisation/page-frame";
import type { ServerAction } from "@/components/organisation/server-action";
import { percent } from "@/lib/insights/promotion/describe-promotion";
import type { PromotionPlan } from "@/lib/insights/promotion/plan-promotion";
import type { PlanInput } from "@/lib/insights/promotion/promotion-content";
import type { proposePromotion } from "@/lib/insights/promotion/propose-promotion";
import { factWords } from "@/lib/policy/explain";
import { formatDays } from "../figures/format-figures";
import { BoundChart } from "./bound-chart";
import { EvidenceTiles } from "./evidence-tiles";
import { LookAtList } from "./look-at-list";
import { MovesList } from "./moves-list";
import { type PlanChoice, PlanForm } from "./plan-form";
import { limitWordsOf, numberWords } from "./promotion-words";
import { ProposeForm } from "./propose-form";
import { SliceTable } from "./slice-table";

/** Ask what could run by itself; see what history says; propose it. */
export function WizardPage({
  choice,
  rules,
  wish,
  plan,
  propose,
}: {
  choice: PlanChoice;
  rules: { type: string; rule: string; label: string }[];
  wish: PlanInput;
  plan: PromotionPlan | null;
  /** Null for those who may only look. */
  propose: ServerAction<typeof proposePromotion> | null;
}) {
  return (
    <PageFrame
      title="Promote a rule"
      description="Countersign replays past drafts with the facts of then, and proposes the loosest limit whose share of wrong ones stays under your tolerance."
      back={{ href: "/insights/promotions", label: "Promotions" }}
    >
      <PlanForm key={JSON.stringify(choice)} choice={choice} rules={rules} facts={plan?.facts ?? []} />
      {plan && (
        <div className="mt-4 space-y-4">
          {plan.proposal ? (
            <Proposal plan={plan} proposal={plan.proposal} wish={wish} propose={propose} />
          ) : (
            <NotYet plan={plan} />
          )}
        </div>
      )}
    </PageFrame>
  );
}

function Proposal({
  plan,
  proposal: { limit, backtest },
  wish,
  propose,
}: {
  plan: PromotionPlan;
  proposal: NonNullable<PromotionPlan["proposal"]>;
  wish: PlanInput;
  propose: ServerAction<typeof proposePromotion> | null;
}) {
  return (
    <>
      <div>
        <h2 className="font-semibold text-base">
          {plan.title} could run by itself: {limitWordsOf(limit, plan.currency)}
        </h2>
        <p className="text-muted text-sm">
          The limit is a value that people approved, with no stretch below it worse than the tolerance.{" "}
          {seenWords(plan)}
        </p>
      </div>
      <EvidenceTiles backtest={backtest} tolerance={plan.tolerance} />
      {plan.plan.chosen && (
        <BoundChart
          curve={plan.plan.chosen.search.curve}
          fact={limit.fact}
          direction={limit.direction}
          currency={plan.currency}
          tolerance={plan.tolerance}
          chosen={limit.value}
        />
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
        <div className="space-y-4">
          <MovesList backtest={backtest} />
          <LookAtList offences={backtest.offences} total={backtest.added.wrong} currency={plan.currency} />
          {propose && (
            <ProposeForm
              key={JSON.stringify([wish, limit])}
              wish={wish}
              limit={limit}
              currency={plan.currency}
              propose={propose}
            />
          )}
        </div>
        <SliceTable slices={backtest.slices} tolerance={plan.tolerance} />
      </div>
    </>
  );
}

/** What was seen, and what it would take. */
function NotYet({ plan }: { plan: PromotionPlan }) {
  const { decided, missing, limits } = plan.plan;
  const at = missing?.at ?? null;
  const by = missing?.by ?? limits[0] ?? null;
  return (
    <>
      <section
        aria-label="Not yet"
        className="rounded-lg border border-l-4 border-l-warn bg-surface px-3.5 py-3"
      >
        <h2 className="flex items-center gap-1.5 font-semibold text-base">
          <Hourglass aria-hidden="true" className="size-4 text-warn" /> Not yet
        </h2>
        <p className="mt-1 text-sm">{seenWords(plan)}</p>
        <p className="mt-1 text-sm">
          {decided === 0
            ? `Nobody has decided anything by this rule in that time. With none wrong it takes ${missing?.needed ?? "more"} decisions to stay under ${percent(plan.tolerance)}.`
            : at && by
              ? `The nearest is ${factWords(by.fact)} ${by.direction === "lte" ? "up to" : "at least"} ${numberWords(at.value, by.fact, plan.currency)}: ${at.decided} decided, ${at.wrong} wrong, so at most ${percent(at.bound)} are wrong.`
              : "People refuse at every value, so there is no limit below which they do not."}{" "}
          {decided > 0 && missing?.needed
            ? `It takes ${missing.needed} more decisions there, all of them right, to stay under ${percent(plan.tolerance)}.`
            : ""}
        </p>
      </section>
      {by && by.search.curve.length > 1 && (
        <BoundChart
          curve={by.search.curve}
          fact={by.fact}
          direction={by.direction}
          currency={plan.currency}
          tolerance={plan.tolerance}
          chosen={null}
        />
      )}
    </>
  );
}

function seenWords({ rule, plan: { drafts, decided, wrong }, since, until }: PromotionPlan): string {
  const days = formatDays(since.slice(0, 10), until.slice(0, 10));
  return `The rule “${rule.name}” had ${drafts.toLocaleString("en-US")} drafts, ${days}; people decided ${decided.toLocaleString("en-US")} and stopped or changed ${wrong.toLocaleString("en-US")}.`;
}
