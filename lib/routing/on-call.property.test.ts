import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { onCallAt, type Shift, shiftsBetween } from "./on-call";
import { type Layer, type Override, type Schedule, scheduleSchema } from "./schedule";

/** Zones with the year that is asked about; Samoa in the one in which it skipped a day. */
const YEARS: Record<string, number> = {
  "Australia/Lord_Howe": 2026,
  "Europe/Berlin": 2026,
  "America/New_York": 2026,
  "America/St_Johns": 2026,
  "Asia/Kathmandu": 2026,
  "Pacific/Apia": 2011,
  "Africa/Casablanca": 2026,
};
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const two = (value: number) => String(value).padStart(2, "0");

/** Times of day, half of them in the hours in which clocks change. */
const clock = fc
  .tuple(
    fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 23 })),
    fc.integer({ min: 0, max: 59 }),
  )
  .map(([hour, minute]) => `${two(hour)}:${two(minute - (minute % 15))}`);
const rotation = fc.oneof(
  fc.record({ unit: fc.constant("hour"), every: fc.integer({ min: 3, max: 100 }), handover: clock }),
  fc.record({ unit: fc.constant("day"), every: fc.integer({ min: 1, max: 9 }), handover: clock }),
  fc.record({
    unit: fc.constant("week"),
    every: fc.integer({ min: 1, max: 5 }),
    handover: clock,
    weekday: fc.integer({ min: 1, max: 7 }),
  }),
);
const window = fc.record({
  weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
  from: clock,
  until: fc.oneof({ weight: 4, arbitrary: clock }, { weight: 1, arbitrary: fc.constant("24:00") }),
});
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const layerOf = (year: number) =>
  fc
    .record({
      time_zone: maybe(fc.constantFrom(...Object.keys(YEARS))),
      participants: fc.array(fc.constantFrom("ada", "ben", "cat"), { minLength: 1, maxLength: 4 }),
      rotation,
      startDay: fc.integer({ min: -200, max: 200 }),
      days: maybe(fc.integer({ min: 8, max: 300 })),
      restrictions: maybe(fc.array(window, { minLength: 1, maxLength: 3 })),
    })
    .map(({ startDay, days, ...layer }) => {
      const starts = Temporal.PlainDate.from({ year, month: 1, day: 1 }).add({ days: startDay });
      const ends_on = days === undefined ? undefined : starts.add({ days }).toString();
      return { ...layer, starts_on: starts.toString(), ends_on };
    });

const scheduleOf = (time_zone: string, year: number) =>
  fc.array(layerOf(year), { minLength: 1, maxLength: 3 }).map((layers) =>
    scheduleSchema.parse({
      time_zone,
      layers: layers.map((layer, n) => ({ ...layer, name: `Layer ${n}` })),
    }),
  );

const overridesOf = (start: number) =>
  fc
    .array(fc.tuple(fc.integer({ min: -10, max: 370 * 24 }), fc.integer({ min: 0, max: 20 * 24 })), {
      maxLength: 4,
    })
    .map((all) =>
      all.map(([after, hours], n): Override => {
        const starts_at = new Date(start + after * HOUR);
        return { id: `o${n}`, person_id: "dan", starts_at, ends_at: new Date(+starts_at + hours * HOUR) };
      }),
    );

type Spans = { start: number; end: number; personId: string }[];

/** All turns and all windows of a layer, laid out one by one with Temporal's own arithmetic. */
function layOut(layer: Layer, scheduleZone: string, until: number) {
  const timeZone = layer.time_zone ?? scheduleZone;
  const instant = (date: Temporal.PlainDate, time: string) =>
    time === "24:00"
      ? date.add({ days: 1 }).toZonedDateTime({ timeZone, plainTime: "00:00" }).epochMilliseconds
      : date.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds;
  const { unit, every, handover } = layer.rotation;
  let day = Temporal.PlainDate.from(layer.starts_on);
  while (layer.rotation.unit === "week" && day.dayOfWeek !== layer.rotation.weekday)
    day = day.add({ days: 1 });
  const first = day.toZonedDateTime({ timeZone, plainTime: handover });
  const starts = (n: number) =>
    unit === "hour"
      ? first.add({ hours: n * every }).epochMilliseconds
      : instant(day.add(unit === "day" ? { days: n * every } : { weeks: n * every }), handover);
  const end = layer.ends_on ? instant(Temporal.PlainDate.from(layer.ends_on), "24:00") : Infinity;
  const turns: Spans = [];
  for (let n = 0, start = starts(0); start < Math.min(until, end); n++) {
    const next = starts(n + 1);
    turns.push({
      start,
      end: Math.min(next, end),
      personId: layer.participants[n % layer.participants.length]!,
    });
    start = next;
  }
  const open = layer.restrictions?.flatMap((window) => {
    const spans: { start: number; end: number }[] = [];
    for (
      let date = day.subtract({ days: 3 });
      instant(date, "00:00") < until + DAY;
      date = date.add({ days: 1 })
    ) {
      if (!window.weekdays.includes(date.dayOfWeek)) continue;
      const last = window.until > window.from ? date : date.add({ days: 1 });
      spans.push({ start: instant(date, window.from), end: instant(last, window.until) });
    }
    return spans;
  });
  return { name: layer.name, turns, open };
}

const holds = (at: number) => (span: { start: number; end: number }) => span.start <= at && at < span.end;

/** Who is on call at any instant, by looking at everything there is. */
function oracleOf(schedule: Schedule, overrides: Override[], until: number) {
  const layers = schedule.layers.map((layer) => layOut(layer, schedule.time_zone, until));
  return (at: number) => {
    const over = overrides.findLast(({ starts_at, ends_at }) =>
      holds(at)({ start: +starts_at, end: +ends_at }),
    );
    if (over) return { personId: over.person_id, layer: null, overrideId: over.id };
    for (const { name, turns, open } of layers.toReversed()) {
      const turn = turns.find(holds(at));
      if (turn && (!open || open.some(holds(at)))) {
        return { personId: turn.personId, layer: name, overrideId: null };
      }
    }
    return { personId: null, layer: null, overrideId: null };
  };
}

/** Instants close to every clock change that any of the zones has in the year. */
function changes(start: number, end: number): number[] {
  return Object.keys(YEARS).flatMap((zone) => {
    const found: number[] = [];
    let at = Temporal.Instant.fromEpochMilliseconds(start)
      .toZonedDateTimeISO(zone)
      .getTimeZoneTransition("next");
    for (; at && at.epochMilliseconds < end; at = at.getTimeZoneTransition("next"))
      found.push(at.epochMilliseconds);
    return found;
  });
}

const who = ({ personId, layer, overrideId }: Shift) => ({ personId, layer, overrideId });

describe.each(Object.entries(YEARS))("a year in %s", (zone, year) => {
  const start = Date.UTC(year, 0, 1);
  const end = Date.UTC(year + 1, 1, 1);
  const nights = changes(start, end);
  const moment = fc.oneof(
    fc.integer({ min: start, max: end - 1 }),
    fc
      .tuple(fc.constantFrom(...nights), fc.integer({ min: -16, max: 16 }), fc.constantFrom(-1, 0, 1))
      .map(([night, quarters, ms]) => night + (quarters * HOUR) / 4 + ms),
  );

  it("has one answer at every instant, which the shifts, the single answer and the calendar agree on", () => {
    expect(nights.length).toBeGreaterThan(8);
    const moments = fc.array(moment, { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(scheduleOf(zone, year), overridesOf(start), moments, (schedule, overrides, asked) => {
        const shifts = shiftsBetween(schedule, overrides, new Date(start), new Date(end));
        expect(+shifts[0]!.start).toBe(start);
        expect(+shifts.at(-1)!.end).toBe(end);
        shifts.slice(1).forEach((shift, n) => {
          expect(+shift.start).toBe(+shifts[n]!.end);
          expect(who(shift)).not.toEqual(who(shifts[n]!));
        });
        const oracle = oracleOf(schedule, overrides, end + 60 * DAY);
        const edges = shifts.flatMap((shift) => [+shift.start, +shift.end - 1]).slice(0, 300);
        for (const at of [...asked.filter((at) => at >= start && at < end), ...edges]) {
          const shift = shifts.find((shift) => holds(at)({ start: +shift.start, end: +shift.end }))!;
          const expected = oracle(at);
          expect(who(shift)).toEqual(expected);
          const onCall = onCallAt(schedule, overrides, new Date(at));
          if (expected.personId === null) {
            expect(onCall).toBeNull();
            continue;
          }
          expect(onCall).toMatchObject(expected);
          expect(+onCall!.until).toBeGreaterThan(at);
          if (+shift.end < end) expect(+onCall!.until).toBeLessThanOrEqual(+shift.end);
          else expect(oracle(+onCall!.until - 1)).toEqual(expected);
        }
      }),
      { numRuns: 12 },
    );
  });
});
