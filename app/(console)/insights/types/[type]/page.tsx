import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AutomaticPanel } from "@/components/insights/figures/automatic-panel";
import { EditsPanel } from "@/components/insights/figures/edits-panel";
import { FigureTable } from "@/components/insights/figures/figure-table";
import { FiguresHead } from "@/components/insights/figures/figures-head";
import { FiguresPending } from "@/components/insights/figures/figures-pending";
import { HeadlineTiles } from "@/components/insights/figures/headline-tiles";
import { historyHref } from "@/components/insights/figures/history-href";
import { AttentionPanel, ExecutionPanel } from "@/components/insights/figures/outcome-panels";
import { ReasonsPanel } from "@/components/insights/figures/reasons-panel";
import { SetApart } from "@/components/insights/figures/set-apart";
import { TimeSpread } from "@/components/insights/figures/time-spread";
import { VolumeChart } from "@/components/insights/figures/volume-chart";
import { EmptyState } from "@/components/organisation/page-frame";
import { createContext } from "@/lib/adapters/context";
import { readSearchParams } from "@/lib/adapters/read-search-params";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { titleOf } from "@/lib/drafts/title-of";
import { getOverview } from "@/lib/insights/figures/get-overview";
import { listEditedFields } from "@/lib/insights/figures/list-edited-fields";
import { listRefusals } from "@/lib/insights/figures/list-refusals";
import { dayOf } from "@/lib/insights/figures/period";
import { periodParams, readPeriod } from "@/lib/insights/figures/period-params";
import { describeCondition } from "@/lib/policy/explain";

interface Props {
  params: Promise<{ type: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { policies } = await createContext(await requirePerson());
  const actionType = decodeURIComponent((await params).type);
  return { title: `${titleOf(policies.get(actionType), actionType)}, insights` };
}

export default async function InsightsTypePage({ params, searchParams }: Props) {
  const actor = await requirePerson();
  // The layout says who may; a page is drawn beside it all the same.
  if (!may(actor, "insights.read")) return null;
  const ctx = await createContext(actor);
  const actionType = decodeURIComponent((await params).type);
  const asked = readPeriod(readSearchParams(await searchParams), ctx.now());
  const wanted = { period: asked.period, actionType };
  const [{ byType, byRule, byAgent, series, decideHistogram }, refusals, edits] = await Promise.all([
    getOverview(ctx, wanted),
    listRefusals(ctx, wanted),
    listEditedFields(ctx, wanted),
  ]);
  const { period, preparing, total } = byType;
  const policy = ctx.policies.get(actionType);
  if (!policy && !preparing && byType.rows.length === 0) notFound();
  const exportOf = (by: string) =>
    `/console/insights/figures?by=${by}&type=${encodeURIComponent(actionType)}&${periodParams(period)}`;
  const drafts = (filters: Parameters<typeof historyHref>[1]) =>
    historyHref(period, { types: [actionType], ...filters });
  return (
    <div className="mx-auto max-w-6xl px-4 py-4 sm:px-6">
      <FiguresHead
        title={titleOf(policy, actionType)}
        back={{ href: `/insights?${periodParams(period)}`, label: "Overview" }}
        period={period}
        today={dayOf(ctx.now())}
        isDropped={asked.isDropped}
      />
      {preparing ? (
        <FiguresPending {...preparing} />
      ) : total.now.decided === 0 && total.before.decided === 0 ? (
        <EmptyState title="Nothing of this type was decided in these days">
          Once drafts are decided, this page shows by which rules, how fast, and what people change or reject.
          {total.queue.waiting > 0 && " Some wait in the inbox now."}
        </EmptyState>
      ) : (
        <div className="space-y-4">
          <HeadlineTiles total={total} />
          <VolumeChart series={series} title="Decided, by outcome" />
          <FigureTable
            title="Rules"
            by="rule"
            period={period}
            rows={byRule.rows}
            details={Object.fromEntries(
              (policy?.policy.rules ?? []).map(({ name, condition }) => [name, describeCondition(condition)]),
            )}
            exportHref={exportOf("rule")}
            none="No rule decided anything."
          />
          <p className="-mt-3 text-muted text-xs">
            A draft counts under the rule it was decided under: after an edit, the one that the edited payload
            falls under.
          </p>
          <FigureTable
            title="Agents"
            by="agent"
            period={period}
            rows={byAgent.rows}
            exportHref={exportOf("agent")}
            none="No agent had anything decided."
          />
          <div className="grid grid-cols-1 items-start gap-4 md:grid-cols-2">
            <div className="space-y-4">
              <ReasonsPanel
                refusals={refusals}
                hrefOf={(word) =>
                  drafts({ outcomes: ["rejected", "changes_requested"], ...(word ? { q: word } : {}) })
                }
              />
              <TimeSpread counts={decideHistogram} />
              <AttentionPanel attention={total.now.attention} />
            </div>
            <div className="space-y-4">
              <EditsPanel edits={edits} href={drafts({ outcomes: ["edited"] })} />
              <AutomaticPanel
                figures={total.now}
                overturned={refusals.overturned}
                href={drafts({ automatic: true })}
              />
              <ExecutionPanel figures={total.now} queue={total.queue} />
            </div>
          </div>
          <SetApart figures={total.now} asOf={byType.asOf} />
        </div>
      )}
    </div>
  );
}
