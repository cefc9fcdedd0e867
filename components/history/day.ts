const DAY_MS = 86_400_000;

/** The day of an instant in a zone, as YYYY-MM-DD. */
export const dayIn = (zone: string, at: number): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(at);

/** A day as a heading: "Today", "Yesterday", "Mon 16 Nov", with its year when that is not this one. */
export function dayLabel(day: string, today: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  const ago = (Date.parse(`${today}T00:00:00Z`) - at) / DAY_MS;
  if (ago === 0) return "Today";
  if (ago === 1) return "Yesterday";
  const parts = new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).formatToParts(at);
  const part = (type: string) => parts.find((each) => each.type === type)?.value;
  const label = `${part("weekday")} ${part("day")} ${part("month")}`;
  return day.slice(0, 4) === today.slice(0, 4) ? label : `${label} ${part("year")}`;
}
