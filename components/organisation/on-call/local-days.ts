import { dateOf, dayOf, weekdayOf } from "@/lib/routing/wall-clock";

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

interface LocalTime {
  /** YYYY-MM-DD on the zone's calendar. */
  date: string;
  /** HH:MM on the zone's clock. */
  clock: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Date and time of an instant in a zone. */
export function localTime(at: Date, zone: string): LocalTime {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    });
    formats.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return { date: `${parts.year}-${parts.month}-${parts.day}`, clock: `${parts.hour}:${parts.minute}` };
}

/** "Mon 2 Mar", with the year when it is not `thisYear`; the same on server and browser. */
export function formatDate(date: string, thisYear = date.slice(0, 4)): string {
  const [year, month, day] = date.split("-");
  const text = `${WEEKDAYS[weekdayOf(dayOf(date)) - 1]} ${Number(day)} ${MONTHS[Number(month) - 1]}`;
  return year === thisYear ? text : `${text} ${year}`;
}

/** "Mon 2 Mar 09:00" in a zone. */
export function formatInstant(at: Date, zone: string): string {
  const { date, clock } = localTime(at, zone);
  return `${formatDate(date, localTime(new Date(), zone).date.slice(0, 4))} ${clock}`;
}

/** The Monday of a date's week, `weeks` later; both YYYY-MM-DD. */
export function mondayOf(date: string, weeks = 0): string {
  const day = dayOf(date);
  return dateOf(day - weekdayOf(day) + 1 + 7 * weeks);
}
