import ical, { escape as escapeText, ICalCalendarMethod, ICalEventTransparency } from "ical-generator";

/** One shift as a calendar shows it. */
export interface FeedShift {
  /** The same on every rendering, and no other shift's: calendars tell events apart by it. */
  id: string;
  personName: string;
  scheduleName: string;
  start: Date;
  end: Date;
}

export interface Feed {
  name: string;
  shifts: readonly FeedShift[];
  now: Date;
  /** The address of a page about the schedule. */
  url?: string;
}

/** How often calendars are asked to fetch the feed again. */
const REFRESH_SECONDS = 3600;

/**
 * The shifts as an iCalendar file (RFC 5545), in UTC and whole seconds. Shifts do not make anybody busy. Whatever the
 * names hold stays text of one line.
 * @throws TypeError when `url` is not an address.
 */
export function renderFeed({ name, shifts, now, url }: Feed): string {
  const calendar = ical({
    prodId: { company: "Countersign", product: "On call", language: "EN" },
    method: ICalCalendarMethod.PUBLISH,
    name: escapeText(oneLine(name), false), // the library escapes events, but not this
    ttl: REFRESH_SECONDS,
    url: url === undefined ? null : new URL(url).href,
    timezone: shifts.length === 0 ? { name: "Etc/UTC", generator: () => UTC_ZONE } : null,
    events: shifts.map(({ id, personName, scheduleName, start, end }) => ({
      id: `${encodeURIComponent(id.toWellFormed())}@countersign`,
      stamp: now,
      start,
      end,
      summary: oneLine(`On call: ${scheduleName} (${personName})`),
      transparency: ICalEventTransparency.TRANSPARENT,
    })),
  });
  return `${calendar.toString()}\r\n`;
}

/** A calendar has to hold at least one component; without events it is this one. */
const UTC_ZONE = [
  "BEGIN:VTIMEZONE",
  "TZID:Etc/UTC",
  "BEGIN:STANDARD",
  "DTSTART:19700101T000000",
  "TZOFFSETFROM:+0000",
  "TZOFFSETTO:+0000",
  "END:STANDARD",
  "END:VTIMEZONE",
].join("\n");

/** Control characters and line separators become a space: iCalendar has no place for them. */
const oneLine = (text: string) => text.toWellFormed().replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
