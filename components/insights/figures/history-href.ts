import { writeFilters } from "@/lib/drafts/filter-params";
import type { HistoryFilters } from "@/lib/drafts/history-filters";
import type { DaySpan } from "@/lib/insights/figures/period";

/** Where the drafts behind a figure are listed: the history of the same UTC days, without what figures count apart. */
export const historyHref = ({ from, to }: DaySpan, filters: HistoryFilters): string =>
  `/history?${writeFilters({ imported: false, ...filters, from, to, zone: "UTC" })}`;
