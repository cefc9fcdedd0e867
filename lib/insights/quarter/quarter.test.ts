import { expect, it } from "vitest";
import { daysOfQuarter, quarterOf, stepQuarter } from "./quarter";

it.each([
  ["2026-01-01T00:00:00Z", "2026-Q1"],
  ["2026-03-31T23:59:59.999Z", "2026-Q1"],
  ["2026-04-01T00:00:00Z", "2026-Q2"],
  ["2026-12-31T23:59:59.999Z", "2026-Q4"],
])("%s is in %s", (at, quarter) => expect(quarterOf(new Date(at))).toBe(quarter));

it("goes from one quarter to the next over the year", () => {
  expect(stepQuarter("2026-Q4", 1)).toBe("2027-Q1");
  expect(stepQuarter("2026-Q1", -1)).toBe("2025-Q4");
});

it("has all of its days, and those up to today while it runs", () => {
  const now = new Date("2028-02-29T12:00:00Z");
  expect(daysOfQuarter("2027-Q4", now)).toEqual({ from: "2027-10-01", to: "2027-12-31" });
  expect(daysOfQuarter("2028-Q1", now)).toEqual({ from: "2028-01-01", to: "2028-02-29" });
});
