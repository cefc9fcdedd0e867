import { Temporal } from "temporal-polyfill";

const PARTS: Record<string, string> = {
  yyyy: "(?<year>\\d{4})",
  MM: "(?<month>\\d{2})",
  M: "(?<month>\\d{1,2})",
  dd: "(?<day>\\d{2})",
  d: "(?<day>\\d{1,2})",
  HH: "(?<hour>\\d{2})",
  H: "(?<hour>\\d{1,2})",
  mm: "(?<minute>\\d{2})",
  ss: "(?<second>\\d{2})",
};
const TOKEN = /yyyy|MM|M|dd|d|HH|H|mm|ss/g;
const OFFSET = /(?:Z|[+-]\d{2}:?\d{2})$/i;

const compiled = new Map<string, RegExp | null>();

/** A pattern as a regular expression; null when it lacks a year, a month or a day, or says one twice. */
function compilePattern(pattern: string): RegExp | null {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const tokens: string[] = pattern.match(TOKEN) ?? [];
  const letters = tokens.map((token) => token[0]!);
  const isWhole = ["y", "M", "d"].every((letter) => letters.includes(letter));
  const isOnce = new Set(letters).size === letters.length;
  const text = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replace(TOKEN, (token) => PARTS[token] ?? token);
  const regex = isWhole && isOnce && pattern.length <= 60 ? new RegExp(`^${text}$`) : null;
  compiled.set(pattern, regex);
  return regex;
}

/** Whether `parseDate` takes it as a format. */
export const isDatePattern = (pattern: string): boolean =>
  ["iso", "unix", "unix_ms"].includes(pattern) || compilePattern(pattern) !== null;

/**
 * Reads a moment as ISO 8601 in UTC, or says what is wrong with it. `zone` is for texts without an offset; an hour that
 * a zone skips or has twice in a year is taken as the earlier offset's, as `Temporal` does by default.
 */
export function parseDate(
  text: string,
  { format, zone }: { format: string; zone?: string | undefined },
): { value: string } | { problem: string } {
  if (format === "unix" || format === "unix_ms") return fromEpoch(text, format === "unix" ? 1000 : 1);
  try {
    if (format === "iso" && OFFSET.test(text) && text.includes(":")) {
      return { value: toIso(Temporal.Instant.from(text)) };
    }
    const plain = format === "iso" ? Temporal.PlainDateTime.from(text) : fromPattern(text, format);
    if (!plain) return { problem: `is not of the form ${format}` };
    if (!zone) return { problem: "says no time zone, and the mapping gives none (zone)" };
    return { value: toIso(plain.toZonedDateTime(zone).toInstant()) };
  } catch {
    return { problem: format === "iso" ? "is not an ISO 8601 date" : "is not a date" };
  }
}

function fromEpoch(text: string, unitMs: number): { value: string } | { problem: string } {
  const moment = new Date(/^-?\d{1,15}(\.\d{1,6})?$/.test(text) ? Number(text) * unitMs : Number.NaN);
  return Number.isNaN(moment.getTime())
    ? { problem: "is not a count of seconds since 1970" }
    : { value: moment.toISOString() };
}

function fromPattern(text: string, pattern: string): Temporal.PlainDateTime | null {
  const groups = compilePattern(pattern)?.exec(text)?.groups;
  if (!groups) return null;
  const part = (name: string) => Number(groups[name] ?? 0);
  const [year, month, day] = [part("year"), part("month"), part("day")];
  const [hour, minute, second] = [part("hour"), part("minute"), part("second")];
  return Temporal.PlainDateTime.from({ year, month, day, hour, minute, second }, { overflow: "reject" });
}

const toIso = (instant: Temporal.Instant): string => new Date(instant.epochMilliseconds).toISOString();
