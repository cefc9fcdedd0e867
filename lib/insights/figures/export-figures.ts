import { stringify } from "csv-stringify/sync";
import { recordEvent } from "@/lib/audit/record-event";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { CountersignError } from "@/lib/errors";
import { type FiguresInput, getFigures } from "./get-figures";
import { sumFigures } from "./sum-figures";
import type { FigureRow, Figures, QueueFigures } from "./types";

/**
 * The table of figures as CSV, the rows that a page shows: agents of all action types together, unless one is asked for
 * (UTF-8, a row for each key and period, times in seconds, shares from 0 to 1), safe to open in
 * a spreadsheet: what would be a formula is text. Recorded in the trail.
 * @throws CountersignError `forbidden`, `invalid_request`, `unavailable` while figures are prepared.
 */
export async function exportFigures(
  ctx: Context,
  input: FiguresInput,
): Promise<{ fileName: string; csv: string }> {
  const actor = requirePermission(ctx.actor, "insights.read");
  const ofAnyType = input.by === "agent" && input.actionType === undefined;
  const { period, preparing, rows } = await getFigures(ctx, {
    ...input,
    by: ofAnyType ? "agent_of_any_type" : input.by,
  });
  if (preparing)
    throw new CountersignError("unavailable", "Figures are being prepared. Try again in a minute.");
  const records = rows.flatMap((row) => [
    recordOf(row, "period", period, row.now, row.queue),
    recordOf(row, "before", period.before, row.before, null),
  ]);
  const csv = stringify(records, { header: true, columns: COLUMNS, escape_formulas: true, bom: true });
  await recordEvent(ctx.db, {
    verb: "figures.exported",
    actor,
    at: ctx.now(),
    details: {
      by: input.by,
      action_type: input.actionType ?? null,
      from: period.from,
      to: period.to,
      rows: records.length,
    },
  });
  return { fileName: `figures-by-${input.by.replace("_", "-")}-${period.from}-to-${period.to}.csv`, csv };
}

type Value = string | number | null;

function recordOf(
  row: Pick<FigureRow, "actionType" | "rule" | "agent">,
  which: string,
  span: { from: string; to: string },
  figures: Figures,
  /** What waits at this moment, which no former period can say. */
  queue: QueueFigures | null,
) {
  const { approvalRate: approval, editRate: edits, decideSeconds: time, attention, samples } = figures;
  return {
    action_type: row.actionType,
    rule: row.rule,
    agent: row.agent?.name ?? null,
    period: which,
    from: span.from,
    to: span.to,
    decided: figures.decided,
    auto_execute: figures.byRoute.autoExecute,
    execute_then_review: figures.byRoute.executeThenReview,
    batch_review: figures.byRoute.batchReview,
    named_approver: figures.byRoute.namedApprover,
    automatic: figures.automatic,
    reviewed: figures.reviewed,
    approved: figures.approved,
    edited: figures.edited,
    rejected: figures.rejected,
    changes_requested: figures.changesRequested,
    lapsed: figures.lapsed,
    withdrawn: figures.withdrawn,
    blocked: figures.blocked,
    approval_rate: approval && rounded(approval.share),
    approval_rate_low: approval && rounded(approval.low),
    approval_rate_high: approval && rounded(approval.high),
    edit_rate: edits && rounded(edits.share),
    edit_rate_low: edits && rounded(edits.low),
    edit_rate_high: edits && rounded(edits.high),
    median_seconds_to_decide: time && Math.round(time.median),
    p90_seconds_to_decide: time && Math.round(time.p90),
    escalated: figures.escalated,
    escalated_or_lapsed: figures.breached,
    executed: figures.executed,
    failed: figures.failed,
    payload_mismatches: figures.mismatched,
    samples_chosen: samples.chosen,
    samples_waiting: samples.waiting,
    samples_upheld: samples.upheld,
    samples_overturned: samples.overturned,
    decisions_by_people: attention.decisions,
    decisions_in_batches: attention.inBatches,
    decisions_quick: attention.quick,
    median_seconds_on_screen: attention.medianSeconds && rounded(attention.medianSeconds),
    waiting_now: queue?.waiting ?? null,
    overdue_now: queue?.overdue ?? null,
    oldest_waiting_seconds: queue?.oldestSeconds == null ? null : Math.round(queue.oldestSeconds),
    imported_apart: figures.imported,
    checks_apart: figures.checks,
  } satisfies Record<string, Value>;
}

const rounded = (value: number): number => Number(value.toFixed(4));

/** In the order above; also where there is no row. */
const COLUMNS = Object.keys(
  recordOf({ actionType: "", rule: null, agent: null }, "period", { from: "", to: "" }, sumFigures([]), null),
);
