import { describe, expect, it } from "vitest";
import { formatAge, formatSpan, formatTimeLeft, formatUtc } from "./format-time";

const now = Date.parse("2026-03-01T12:00:00Z");
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();

describe("time left", () => {
  it.each([
    [60 * 24 * 5, "5 d", "calm"],
    [60 * 30, "30 h", "calm"],
    [121, "2 h", "calm"],
    [119, "1 h", "soon"],
    [0.5, "< 1 min", "soon"],
    [0, "due now", "late"],
    [-45, "45 min over", "late"],
    [-60 * 49, "2 d over", "late"],
  ])("says of something due in %d minutes: %s", (minutes, text, tone) => {
    expect(formatTimeLeft(at(minutes), now)).toEqual({ text, tone });
  });
});

describe("age", () => {
  it("rounds down to whole units, and a clock that runs ahead is now", () => {
    expect(formatAge(at(-59.9), now)).toBe("59 min");
    expect(formatAge(at(3), now)).toBe("now");
    expect(formatSpan(2 * 86_400_000)).toBe("2 d");
  });

  it("gives the exact time in UTC", () => {
    expect(formatUtc("2026-03-01T13:00:05.123+01:00")).toBe("2026-03-01 12:00:05 UTC");
  });
});
