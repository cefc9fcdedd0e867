import type { DaySpan } from "@/lib/insights/figures/period";
import type { FigureRow } from "@/lib/insights/figures/types";
import { historyHref } from "./history-href";

/** Where the drafts that a row counts are listed; null where there are none, or none that a filter could name. */
export function rowHistoryHref(period: DaySpan, { actionType, rule, agent, now }: FigureRow): string | null {
  if (now.decided === 0 || rule === "") return null;
  return historyHref(period, {
    ...(actionType ? { types: [actionType] } : {}),
    ...(rule ? { rules: [rule] } : {}),
    ...(agent ? { agents: [agent.id] } : {}),
  });
}
