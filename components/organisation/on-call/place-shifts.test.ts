import { describe, expect, it } from "vitest";
import { placeInWeek, placeShifts, weeksFrom } from "./place-shifts";

const shift = (start: string, end: string) => ({
  personId: "ada",
  layer: "Base",
  overrideId: null,
  start: new Date(start),
  end: new Date(end),
});

describe("shifts in a week", () => {
  it("take their share of it", () => {
    const [week] = weeksFrom("2026-03-02", 1, "UTC");
    const [bar] = placeShifts(week!, [shift("2026-03-03T12:00Z", "2026-03-04T00:00Z")]);
    expect(bar!.left).toBeCloseTo(1.5 / 7);
    expect(bar!.width).toBeCloseTo(0.5 / 7);
  });

  it("are cut where the week begins and ends, and left out beyond it", () => {
    const weeks = weeksFrom("2026-03-02", 2, "UTC");
    const long = shift("2026-02-01T00:00Z", "2026-03-10T00:00Z");
    expect(placeShifts(weeks[0]!, [long])).toMatchObject([{ left: 0, width: 1 }]);
    expect(placeShifts(weeks[1]!, [long])[0]!.width).toBeCloseTo(1 / 7);
    expect(placeShifts(weeks[1]!, [shift("2026-03-02T00:00Z", "2026-03-09T00:00Z")])).toEqual([]);
  });

  it("lie on the zone's days, each as wide as any, also when the clock changes", () => {
    const [week] = weeksFrom("2026-03-23", 1, "Europe/Berlin");
    expect(week!.dates.at(-1)).toBe("2026-03-29");
    expect(week!.bounds[7]! - week!.bounds[6]!).toBe(23 * 3_600_000);
    expect(placeInWeek(week!, Date.parse("2026-03-29T11:30+02:00"))).toBeCloseTo((6 + 10.5 / 23) / 7);
  });

  it("do not stumble over a day that a zone left out", () => {
    const [week] = weeksFrom("2011-12-26", 1, "Pacific/Apia");
    const places = week!.bounds.map((bound) => placeInWeek(week!, bound));
    expect(places.every((place) => place >= 0 && place <= 1)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });
});
