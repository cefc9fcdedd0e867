import { wallClock } from "@/lib/routing/wall-clock";
import type { HistoryFilters } from "./history-filters";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** From when (included) until when (not included) drafts were decided that the filters ask for; null where that is open. */
export function historyRange(
  { period, from, to, zone = "UTC" }: HistoryFilters,
  now: Date,
): { from: Date | null; until: Date | null } {
  const midnight = (day: string, later = 0) =>
    new Date(wallClock(zone)((Date.parse(`${day}T00:00:00Z`) + later) / MINUTE_MS));
  if (period === "7d") return { from: new Date(now.getTime() - 7 * DAY_MS), until: null };
  if (period === "30d") return { from: new Date(now.getTime() - 30 * DAY_MS), until: null };
  if (period === "today") {
    const today = new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(now);
    return { from: midnight(today), until: null };
  }
  return { from: from ? midnight(from) : null, until: to ? midnight(to, DAY_MS) : null };
}
