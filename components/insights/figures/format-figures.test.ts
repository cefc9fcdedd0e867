import { describe, expect, it } from "vitest";
import {
  formatDays,
  formatInterval,
  formatPoints,
  formatRate,
  formatSeconds,
  formatShare,
} from "./format-figures";

describe("figures in words", () => {
  it("say 100% of all alone and 0% of none alone", () => {
    expect([0, 0.001, 0.5, 0.996, 1].map((share) => formatShare(share))).toEqual([
      "0%",
      "<1%",
      "50%",
      ">99%",
      "100%",
    ]);
    expect(formatShare(0.99_99, 20_000)).toBe(">99.9%");
    expect(formatShare(0.123_4, 2_000)).toBe("12.3%");
    expect(formatRate(null)).toBe("—");
  });

  it("give an interval that is never narrower than it is", () => {
    expect(formatInterval({ count: 8, of: 10, share: 0.8, low: 0.4902, high: 0.9433 })).toBe("49–95%");
  });

  it("give times in the unit that fits", () => {
    expect([0, 45.2, 61, 5_000, 18_720, 100_000, 300_000, 2_000_000].map(formatSeconds)).toEqual([
      "0 s",
      "45 s",
      "1 min",
      "1.4 h",
      "5.2 h",
      "28 h",
      "3.5 d",
      "23 d",
    ]);
  });

  it("give changes in points, and days with their year once", () => {
    expect([0.021, -0.005, 0].map(formatPoints)).toEqual(["+2.1 points", "−0.5 points", "±0 points"]);
    expect(formatDays("2026-10-23", "2026-11-21")).toBe("23 Oct – 21 Nov 2026");
    expect(formatDays("2025-12-23", "2026-01-21")).toBe("23 Dec 2025 – 21 Jan 2026");
    expect(formatDays("2026-01-21", "2026-01-21")).toBe("21 Jan 2026");
  });
});
