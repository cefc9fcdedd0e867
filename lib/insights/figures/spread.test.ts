import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addSpreads,
  BUCKETS,
  bucketOf,
  EMPTY_SPREAD,
  histogramOf,
  quantileOf,
  RELATIVE_ERROR,
  type Spread,
  sizeOf,
  spreadOf,
} from "./spread";

const spreadOfTimes = (times: number[]): Spread =>
  addSpreads(times.map((time) => ({ buckets: [bucketOf(time)], counts: [1] })));

const times = fc.array(fc.double({ min: 1, max: 45_000_000, noNaN: true }), { minLength: 1, maxLength: 200 });

describe("a spread of times", () => {
  it("gives any quantile within 2 % of the exact one", () => {
    fc.assert(
      fc.property(times, fc.constantFrom(0.01, 0.5, 0.9, 1), (all, q) => {
        const sorted = [...all].sort((a, b) => a - b);
        const exact = sorted[Math.max(0, Math.ceil(q * all.length) - 1)]!;
        const read = quantileOf(spreadOfTimes(all), q)!;
        expect(Math.abs(read - exact) / exact).toBeLessThanOrEqual(RELATIVE_ERROR + 1e-9);
      }),
    );
  });

  it("adds up to the same whichever way it is split", () => {
    fc.assert(
      fc.property(times, fc.nat(), (all, at) => {
        const cut = at % all.length;
        const halves = addSpreads([spreadOfTimes(all.slice(0, cut)), spreadOfTimes(all.slice(cut))]);
        expect(halves).toEqual(spreadOfTimes(all));
        expect(sizeOf(halves)).toBe(all.length);
      }),
    );
  });

  it("has no quantile of nothing, and 0 for less than a second", () => {
    expect(quantileOf(EMPTY_SPREAD, 0.5)).toBeNull();
    expect(quantileOf(spreadOfTimes([0, 0.4]), 0.9)).toBe(0);
  });

  it("keeps the longest times in its last bucket", () => {
    expect(bucketOf(1e12)).toBe(BUCKETS - 1);
    expect(bucketOf(46_000_000)).toBeLessThan(BUCKETS - 1);
  });

  it("is read from a row that has a number for every bucket", () => {
    expect(spreadOf([0, 2, 0, 5])).toEqual({ buckets: [1, 3], counts: [2, 5] });
  });

  it("sorts times between edges", () => {
    expect(histogramOf(spreadOfTimes([0, 5, 59, 61, 100_000]), [10, 60, 3_600])).toEqual([2, 1, 1, 1]);
    expect(histogramOf(EMPTY_SPREAD, [10])).toEqual([0, 0]);
  });
});
