import type { QuietHours } from "./quiet-hours";

/**
 * Whether it is quiet at an instant; never without quiet hours. What counts is what the clocks on the wall show, so that
 * a night is quiet in full when daylight saving begins or ends in it. Reads zones by Intl: this runs in every browser.
 */
export function isQuiet(at: Date, quietHours: Pick<QuietHours, "from" | "until" | "zone"> | null): boolean {
  if (!quietHours) return false;
  const { from, until, zone } = quietHours;
  const now = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(at);
  return from < until ? now >= from && now < until : now >= from || now < until;
}
