import { describe, expect, it } from "vitest";
import { roundTicks } from "./round-ticks";

describe("the ticks of an axis", () => {
  it.each([
    [49.2, 990, [200, 400, 600, 800]],
    [0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [-3, 3, [-2, 0, 2]],
    [7, 7, [7]],
  ])("are round between %d and %d", (from, to, ticks) => {
    expect(roundTicks(from, to)).toEqual(ticks);
  });

  it("are few, evenly spaced and within, wherever an axis begins and ends", () => {
    for (let serial = 1; serial < 500; serial++) {
      const from = (serial * 7919) % 1000;
      const to = from + serial ** 2 / 7;
      const ticks = roundTicks(from, to);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(ticks.every((tick) => tick >= from && tick <= to)).toBe(true);
      const steps = new Set(ticks.slice(1).map((tick, at) => (tick - ticks[at]!).toPrecision(6)));
      expect(steps.size).toBeLessThanOrEqual(1);
    }
  });
});
