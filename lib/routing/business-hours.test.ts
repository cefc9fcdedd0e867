import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addBusinessHours,
  BUSINESS_HORIZON_MS,
  businessCalendarSchema,
  businessHoursBetween,
} from "./business-hours";

const office = { weekdays: [1, 2, 3, 4, 5], from: "09:00", until: "17:00" };
const calendar = (change: object = {}) =>
  businessCalendarSchema.parse({ time_zone: "Europe/Berlin", open: [office], ...change });
const add = (from: string, hours: number, change?: object) =>
  addBusinessHours(new Date(from), hours, calendar(change)).toISOString().slice(0, 16);

describe("businessCalendarSchema", () => {
  it("reads a calendar without holidays as one with none", () => {
    expect(calendar()).toEqual({ time_zone: "Europe/Berlin", open: [office], holidays: [] });
  });

  it.each([
    [{ open: [] }, "1 to 50 windows in which work is done"],
    [{ open: [{ ...office, weekdays: [] }] }, "1 to 7 weekdays"],
    [{ holidays: ["2026-13-01"] }, 'a date as YYYY-MM-DD, such as "2026-03-29"'],
    [{ time_zone: "Mars" }, 'an IANA time zone such as "Europe/Berlin"'],
    [{ closed: true }, "one of the keys time_zone, open, holidays"],
  ])("refuses %j", (change, message) => {
    const whole = { time_zone: "Europe/Berlin", open: [office], ...change };
    expect(businessCalendarSchema.safeParse(whole).error?.issues.map((issue) => issue.message)).toEqual([
      message,
    ]);
  });
});

describe("addBusinessHours", () => {
  it("counts open hours only, over nights and weekends", () => {
    expect(add("2026-03-06T14:00Z", 1)).toBe("2026-03-06T15:00");
    expect(add("2026-03-06T14:00Z", 2)).toBe("2026-03-06T16:00");
    expect(add("2026-03-06T14:00Z", 3)).toBe("2026-03-09T09:00");
    expect(add("2026-03-07T14:00Z", 0.5)).toBe("2026-03-09T08:30");
    expect(add("2026-03-06T14:00Z", 40)).toBe("2026-03-13T14:00");
  });

  it("leaves out holidays, whole windows that begin on them", () => {
    expect(add("2026-03-06T14:00Z", 3, { holidays: ["2026-03-09"] })).toBe("2026-03-10T09:00");
    const night = { open: [{ weekdays: [5], from: "22:00", until: "06:00" }] };
    expect(add("2026-03-06T20:00Z", 8, { ...night, holidays: ["2026-03-07"] })).toBe("2026-03-07T05:00");
    expect(add("2026-03-06T20:00Z", 8, { ...night, holidays: ["2026-03-06"] })).toBe("2026-03-14T05:00");
  });

  it("counts real hours through the nights when clocks change", () => {
    const always = { open: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: "00:00", until: "24:00" }] };
    expect(add("2026-03-28T23:00Z", 8, always)).toBe("2026-03-29T07:00");
    const early = { open: [{ weekdays: [7], from: "00:00", until: "06:00" }] };
    expect(add("2026-03-28T20:00Z", 5, early)).toBe("2026-03-29T04:00");
    expect(add("2026-10-24T20:00Z", 7, early)).toBe("2026-10-25T05:00");
  });

  it("is at once when nothing is missing, also of no number at all", () => {
    for (const hours of [0, -3, Number.NaN]) expect(add("2026-03-07T14:00Z", hours)).toBe("2026-03-07T14:00");
  });

  it("stops at the horizon", () => {
    const from = new Date("2026-03-07T14:00Z");
    const rare = calendar({ open: [{ weekdays: [1], from: "09:00", until: "09:01" }] });
    for (const hours of [1000, Number.POSITIVE_INFINITY]) {
      expect(+addBusinessHours(from, hours, rare)).toBe(+from + BUSINESS_HORIZON_MS);
    }
    const farther = new Date(+from + 2 * BUSINESS_HORIZON_MS);
    const counted = businessHoursBetween(from, farther, rare);
    expect(counted).toBe(businessHoursBetween(from, new Date(+from + BUSINESS_HORIZON_MS), rare));
    expect(counted).toBeCloseTo(523 / 60, 5);
  });
});

const two = (value: number) => String(value).padStart(2, "0");
const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${two(hour)}:${two(minute)}`);
const calendars = fc
  .record({
    time_zone: fc.constantFrom(
      "Europe/Berlin",
      "Australia/Lord_Howe",
      "America/St_Johns",
      "Africa/Casablanca",
    ),
    open: fc.array(
      fc.record({
        weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        from: clock,
        until: clock,
      }),
      { minLength: 1, maxLength: 3 },
    ),
    holidays: fc.array(
      fc
        .integer({ min: 0, max: 364 })
        .map((day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10)),
      { maxLength: 20 },
    ),
  })
  .map((definition) => businessCalendarSchema.parse(definition));
const start = Date.UTC(2026, 0, 1);
const moment = fc.integer({ min: start, max: Date.UTC(2027, 0, 1) }).map((ms) => new Date(ms));
const someHours = fc.integer({ min: 0, max: 60 * 60 }).map((minutes) => minutes / 60);

describe("business hours, whatever the calendar", () => {
  it("are counted between two moments as they were added", () => {
    fc.assert(
      fc.property(calendars, moment, someHours, (open, from, hours) => {
        const due = addBusinessHours(from, hours, open);
        fc.pre(+due < +from + BUSINESS_HORIZON_MS);
        expect(businessHoursBetween(from, due, open)).toBeCloseTo(hours, 6);
        if (hours > 0) expect(businessHoursBetween(from, new Date(+due - 1), open)).toBeLessThan(hours);
      }),
    );
  });

  it("end later when more are added or they begin later", () => {
    fc.assert(
      fc.property(calendars, moment, moment, someHours, someHours, (open, one, other, few, more) => {
        expect(+addBusinessHours(one, few + more, open)).toBeGreaterThanOrEqual(
          +addBusinessHours(one, few, open),
        );
        const [first, second] = one <= other ? [one, other] : [other, one];
        expect(+addBusinessHours(first, few, open)).toBeLessThanOrEqual(+addBusinessHours(second, few, open));
      }),
    );
  });

  it("add up over a moment in between, and never exceed the time that passes", () => {
    fc.assert(
      fc.property(calendars, fc.tuple(moment, moment, moment), (open, moments) => {
        const [first, middle, last] = moments.sort((one, two) => +one - +two) as [Date, Date, Date];
        const whole = businessHoursBetween(first, last, open);
        const parts = businessHoursBetween(first, middle, open) + businessHoursBetween(middle, last, open);
        expect(parts).toBeCloseTo(whole, 6);
        expect(whole).toBeLessThanOrEqual((+last - +first) / 3_600_000);
        expect(businessHoursBetween(last, first, open)).toBe(0);
      }),
    );
  });
});
