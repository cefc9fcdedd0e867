import { describe, expect, it } from "vitest";
import { periodSchema, resolvePeriod } from "./period";

const NOW = new Date("2026-03-01T23:59:59Z");

describe("a period", () => {
  it("ends today in UTC, and is compared with as many days before", () => {
    expect(resolvePeriod("7d", NOW)).toEqual({
      from: "2026-02-23",
      to: "2026-03-01",
      days: 7,
      before: { from: "2026-02-16", to: "2026-02-22" },
      preset: "7d",
    });
    expect(resolvePeriod("12m", NOW)).toMatchObject({ from: "2025-03-02", days: 365 });
  });

  it("of one's own has both its days, and leaves days to come out", () => {
    expect(resolvePeriod({ from: "2026-02-28", to: "2026-03-09" }, NOW)).toMatchObject({
      to: "2026-03-01",
      days: 2,
      before: { from: "2026-02-26", to: "2026-02-27" },
      preset: null,
    });
    expect(() => resolvePeriod({ from: "2026-03-02", to: "2026-03-09" }, NOW)).toThrow("after today");
  });

  it.each([
    { from: "2026-02-02", to: "2026-02-01" },
    { from: "2026-02-30", to: "2026-03-01" },
    { from: "2023-03-01", to: "2026-03-01" },
    { from: "2026-01-01" },
    "1d",
  ])("is refused where it makes no sense: %j", (period) => {
    expect(periodSchema.safeParse(period).success).toBe(false);
  });

  it("of one's own is one day at least, and three years at most", () => {
    for (const [from, to, days] of [
      ["2026-02-28", "2026-02-28", 1],
      ["2023-03-02", "2026-03-01", 1_096],
    ] as const) {
      expect(resolvePeriod(periodSchema.parse({ from, to }), NOW)).toMatchObject({ from, to, days });
    }
  });
});
