import type { Metadata } from "next";
import { FigureTable } from "@/components/insights/figures/figure-table";
import { FiguresHead } from "@/components/insights/figures/figures-head";
import { FiguresPending } from "@/components/insights/figures/figures-pending";
import { HeadlineTiles } from "@/components/insights/figures/headline-tiles";
import { NextSteps } from "@/components/insights/figures/next-steps";
import { SetApart } from "@/components/insights/figures/set-apart";
import { VolumeChart } from "@/components/insights/figures/volume-chart";
import { EmptyState } from "@/components/organisation/page-frame";
import { createContext } from "@/lib/adapters/context";
import { readSearchParams } from "@/lib/adapters/read-search-params";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { getOverview } from "@/lib/insights/figures/get-overview";
import { dayOf } from "@/lib/insights/figures/period";
import { periodParams, readPeriod } from "@/lib/insights/figures/period-params";
import { listNextSteps } from "@/lib/insights/next-steps/list-next-steps";

export const metadata: Metadata = { title: "Insights" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function InsightsPage({ searchParams }: Props) {
  const actor = await requirePerson();
  // The layout says who may; a page is drawn beside it all the same.
  if (!may(actor, "insights.read")) return null;
  const ctx = await createContext(actor);
  const asked = readPeriod(readSearchParams(await searchParams), ctx.now());
  const { byType, byAgent, series } = await getOverview(ctx, { period: asked.period });
  const { period, preparing, total } = byType;
  const steps = preparing ? [] : await listNextSteps(ctx, { figures: total.now, queue: total.queue });
  const exportOf = (by: string) => `/console/insights/figures?by=${by}&${periodParams(period)}`;
  return (
    <div className="mx-auto max-w-6xl px-4 py-4 sm:px-6">
      <FiguresHead title="Overview" period={period} today={dayOf(ctx.now())} isDropped={asked.isDropped} />
      {preparing ? (
        <FiguresPending {...preparing} />
      ) : total.now.decided === 0 && total.before.decided === 0 ? (
        <div className="space-y-4">
          <NextSteps steps={steps} />
          <EmptyState title="Nothing was decided in these days">
            Once drafts are decided, this page shows how many, how fast, and what people change or reject, for
            every action type and agent. {total.queue.waiting > 0 && "Some wait in the inbox now. "}Choose a
            longer period to look further back.
          </EmptyState>
        </div>
      ) : (
        <div className="space-y-4">
          <HeadlineTiles total={total} />
          <NextSteps steps={steps} />
          <VolumeChart series={series} title="Decided, by outcome" />
          <FigureTable
            title="Action types"
            by="action_type"
            period={period}
            rows={byType.rows}
            series={series.byType}
            exportHref={exportOf("action_type")}
            none="No action type had anything decided."
          />
          <FigureTable
            title="Agents"
            by="agent"
            period={period}
            rows={byAgent.rows}
            exportHref={exportOf("agent")}
            none="No agent had anything decided."
          />
          <SetApart figures={total.now} asOf={byType.asOf} />
        </div>
      )}
    </div>
  );
}
