import { describe, expect, it } from "vitest";
import type { SeriesStep } from "@/lib/insights/figures/types";
import { trendPoints } from "./trend-points";

const step = (day: number, approved: number, rejected: number): SeriesStep => ({
  from: `2026-01-${String(day).padStart(2, "0")}`,
  to: `2026-01-${String(day).padStart(2, "0")}`,
  automatic: 9,
  approved,
  edited: 0,
  rejected,
  changesRequested: 0,
  lapsed: 0,
  other: 0,
});

describe("a small line", () => {
  it("is not drawn of fewer than twenty cases, or of two points", () => {
    expect(trendPoints([step(1, 6, 0), step(2, 6, 0), step(3, 5, 2)])).toBeNull();
    expect(trendPoints([step(1, 50, 0), step(2, 60, 0)])).toBeNull();
    expect(trendPoints([])).toBeNull();
  });

  it("leaves a gap where few were decided", () => {
    const points = trendPoints([step(1, 8, 2), step(2, 2, 2), step(3, 5, 5), step(4, 10, 0)])!;
    expect(points.map(({ share }) => share)).toEqual([0.8, null, 0.5, 1]);
  });

  it("has at most twelve points, the last with the newest days", () => {
    const points = trendPoints(Array.from({ length: 30 }, (_, day) => step(day + 1, 5, 0)))!;
    expect(points).toHaveLength(10);
    expect(points.at(-1)).toEqual({ from: "2026-01-28", to: "2026-01-30", share: 1 });
  });
});
