import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { isQuiet } from "./is-quiet";

const night = { from: "22:00", until: "07:00", zone: "Europe/Berlin" };
const at = (instant: string) => new Date(instant);

describe("quiet hours", () => {
  it("begin at their first minute and are over at their last, also over midnight", () => {
    expect(isQuiet(at("2026-11-21T20:59:59Z"), night)).toBe(false);
    expect(isQuiet(at("2026-11-21T21:00:00Z"), night)).toBe(true);
    expect(isQuiet(at("2026-11-21T23:00:00Z"), night)).toBe(true);
    expect(isQuiet(at("2026-11-22T05:59:59Z"), night)).toBe(true);
    expect(isQuiet(at("2026-11-22T06:00:00Z"), night)).toBe(false);
  });

  it("may lie within a day", () => {
    const lunch = { from: "12:00", until: "13:00", zone: "Asia/Kathmandu" };
    expect(isQuiet(at("2026-11-21T06:14:00Z"), lunch)).toBe(false);
    expect(isQuiet(at("2026-11-21T06:15:00Z"), lunch)).toBe(true);
    expect(isQuiet(at("2026-11-21T07:15:00Z"), lunch)).toBe(false);
  });

  it("never are without any", () => {
    expect(isQuiet(at("2026-11-21T23:00:00Z"), null)).toBe(false);
  });

  it.each(["2026-03-29", "2026-10-25"])("agree with the wall clock through the night of %s", (day) => {
    const midnight = Temporal.PlainDate.from(day).toZonedDateTime(night.zone);
    for (let minute = -180; minute <= 600; minute += 7) {
      const moment = midnight.add({ minutes: minute });
      const clock = moment.toPlainTime().toString({ smallestUnit: "minute" });
      const expected = clock >= "22:00" || clock < "07:00";
      expect([clock, isQuiet(new Date(moment.epochMilliseconds), night)]).toEqual([clock, expected]);
    }
  });

  it("are full length on the wall clock when the hour from two to three is skipped or comes twice", () => {
    const early = { from: "02:30", until: "04:00", zone: "Europe/Berlin" };
    expect(isQuiet(at("2026-10-25T00:30:00Z"), early)).toBe(true);
    expect(isQuiet(at("2026-10-25T01:00:00Z"), early)).toBe(false);
    expect(isQuiet(at("2026-10-25T01:30:00Z"), early)).toBe(true);
    expect(isQuiet(at("2026-03-29T00:59:00Z"), early)).toBe(false);
    expect(isQuiet(at("2026-03-29T01:00:00Z"), early)).toBe(true);
  });
});
