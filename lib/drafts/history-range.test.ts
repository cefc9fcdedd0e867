import { describe, expect, it } from "vitest";
import type { HistoryFilters } from "./history-filters";
import { historyRange } from "./history-range";

const range = (filters: HistoryFilters, now = "2026-11-20T01:30:00Z") => {
  const { from, until } = historyRange(filters, new Date(now));
  return [from?.toISOString() ?? null, until?.toISOString() ?? null];
};

describe("the time that history is asked about", () => {
  it("is open without filters", () => {
    expect(range({ zone: "Europe/Berlin" })).toEqual([null, null]);
  });

  it("is today as the reader's zone has it", () => {
    expect(range({ period: "today" })).toEqual(["2026-11-20T00:00:00.000Z", null]);
    expect(range({ period: "today", zone: "America/New_York" })).toEqual(["2026-11-19T05:00:00.000Z", null]);
    expect(range({ period: "today", zone: "Asia/Tokyo" })).toEqual(["2026-11-19T15:00:00.000Z", null]);
  });

  it("is a number of days back from now", () => {
    expect(range({ period: "7d" })).toEqual(["2026-11-13T01:30:00.000Z", null]);
    expect(range({ period: "30d" })).toEqual(["2026-10-21T01:30:00.000Z", null]);
  });

  it("is whole days, also the one on which the clocks change", () => {
    expect(range({ from: "2026-10-25", to: "2026-10-25", zone: "Europe/Berlin" })).toEqual([
      "2026-10-24T22:00:00.000Z",
      "2026-10-25T23:00:00.000Z",
    ]);
    expect(range({ to: "2026-11-01" })).toEqual([null, "2026-11-02T00:00:00.000Z"]);
  });
});
