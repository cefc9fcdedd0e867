/** "Fri 20 Nov, 17:00" on the wall clock of a zone. */
export function momentIn(zone: string, at: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: zone,
  }).formatToParts(new Date(at));
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("weekday")} ${part("day")} ${part("month")}, ${part("hour")}:${part("minute")}`;
}

/** The first few names, and how many more there are. */
export function namesOf(names: readonly string[], most = 3): string {
  if (names.length === 0) return "nobody";
  const shown = names.slice(0, most);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}

/** Whole hours from ten on, else one decimal: "6.5 h", "62 h". */
export const formatHours = (hours: number): string =>
  `${hours >= 10 ? Math.round(hours) : Number(hours.toFixed(1))} h`;

export const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
