import { describe, expect, it } from "vitest";
import type { DayFigures } from "@/lib/drafts/get-day-figures";
import { formatSeconds, formatShare, meaningOf } from "./figure-words";

const figures = (of: Partial<DayFigures>): DayFigures => ({
  approved: 0,
  edited: 0,
  rejected: 0,
  sentBack: 0,
  undone: 0,
  inBatches: 0,
  quick: 0,
  medianSeconds: null,
  totalSeconds: 0,
  spread: [0, 0, 0, 0, 0, 0, 0],
  ...of,
});

describe("what figures mean", () => {
  it("is said of the last thirty days", () => {
    expect(meaningOf(figures({ approved: 8, edited: 2, rejected: 1, sentBack: 1, medianSeconds: 24 }))).toBe(
      "In the last 30 days you decided 10 drafts, approved 60% of them unchanged, and looked at half of them for 24 s or longer. None was approved before the reading time its policy asks for had passed.",
    );
    expect(meaningOf(figures({ approved: 1, quick: 1 }))).toBe(
      "In the last 30 days you decided 1 draft. One was approved before the reading time the policy asks for had passed.",
    );
  });

  it("is said also of nothing", () => {
    expect(meaningOf(figures({ undone: 2 }))).toBe("You have decided nothing in the last 30 days.");
  });
});

it("rounds no share to none or all", () => {
  expect([formatShare(1, 1000), formatShare(999, 1000), formatShare(0, 9), formatShare(9, 9)]).toEqual([
    "1%",
    "99%",
    "0%",
    "100%",
  ]);
  expect(formatShare(0, 0)).toBe("–");
});

it("writes times on the screen in units that are read at a glance", () => {
  expect([0, 59, 60, 3570, 3600, 12_000].map(formatSeconds)).toEqual([
    "0 s",
    "59 s",
    "1 min",
    "1 h",
    "1 h",
    "3 h 20 min",
  ]);
});
