import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { upperBound } from "../backtest/upper-bound";
import { ascending, findThreshold, type Point } from "./find-threshold";

const TOLERANCE = 0.05;
const clean = (values: number[]): Point[] => values.map((value) => ({ value, wrong: false }));
const range = (count: number, from = 1) => Array.from({ length: count }, (_, at) => from + at);

describe("the loosest limit", () => {
  it("is exactly the last value that people approved, when they go by a limit of their own", () => {
    const points = [...range(200)].map((value) => ({ value: value * 1.37, wrong: value * 1.37 > 120 }));
    const { best } = findThreshold(points, TOLERANCE);
    expect(best).toEqual({ value: 87 * 1.37, decided: 87, wrong: 0, bound: upperBound(0, 87) });
  });

  it("bears single mistakes below it, but no bad stretch at its upper end", () => {
    const points = range(400).map((value) => ({ value, wrong: value === 30 || value === 70 || value > 300 }));
    expect(findThreshold(points, TOLERANCE).best).toMatchObject({ value: 300, wrong: 2 });
    // Fifteen wrong ones among a thousand are few, but the last fifteen are all wrong.
    const tail = range(1015).map((value) => ({ value, wrong: value > 1000 }));
    expect(upperBound(15, 1015)).toBeLessThan(TOLERANCE);
    expect(findThreshold(tail, TOLERANCE).best).toMatchObject({ value: 1000, wrong: 0 });
  });

  it("goes beyond a mistake only once as many right ones follow as the tolerance asks for", () => {
    const followedBy = (right: number) =>
      findThreshold(
        range(101 + right).map((value) => ({ value, wrong: value === 101 })),
        TOLERANCE,
      ).best?.value;
    expect(upperBound(1, 101 + 18)).toBeLessThan(TOLERANCE);
    expect(followedBy(18)).toBe(100);
    expect(followedBy(19)).toBe(120);
    const halves = range(8).map((value) => ({ value, wrong: value === 7 }));
    expect(findThreshold(halves, 0.5).best?.value).toBe(8);
  });

  it("is always on the curve, however many values there are", () => {
    for (const last of range(20, 401)) {
      const points = range(1_000).map((value) => ({ value, wrong: value > last }));
      const { best, curve } = findThreshold(points, TOLERANCE);
      expect(best?.value).toBe(last);
      expect(curve).toContainEqual(best);
      expect(curve.length).toBeLessThanOrEqual(161);
    }
  });

  it("does not tell equal values apart", () => {
    const points = [...clean(range(100)), { value: 100, wrong: true }, ...clean([100, 100])];
    const { best } = findThreshold(ascending(points, "lte"), TOLERANCE);
    expect(best?.value).toBe(99);
  });

  it("is none with fewer clean decisions than it takes, and says how far it got", () => {
    const { best, nearest } = findThreshold(clean(range(58)), TOLERANCE);
    expect(best).toBeNull();
    expect(nearest).toMatchObject({ value: 58, decided: 58, wrong: 0 });
    expect(findThreshold(clean(range(59)), TOLERANCE).best).toMatchObject({ value: 59 });
    expect(findThreshold([], TOLERANCE)).toEqual({ best: null, nearest: null, curve: [] });
  });

  it("may be a lower one: how long somebody has been a customer", () => {
    const points = range(100).map((value) => ({ value, wrong: value < 12 }));
    expect(findThreshold(ascending(points, "gte"), TOLERANCE).best).toMatchObject({ value: 12, decided: 89 });
  });

  it("of any decisions is a value seen, under the tolerance, and worth no bad stretch", () => {
    const points = fc.array(fc.record({ value: fc.integer({ min: 1, max: 60 }), wrong: fc.boolean() }), {
      maxLength: 200,
    });
    const rarelyWrong = points.map((list) =>
      list.map(({ value, wrong }, at) => ({ value, wrong: wrong && at % 9 === 0 })),
    );
    fc.assert(
      fc.property(rarelyWrong, fc.double({ min: 0.02, max: 0.4, noNaN: true }), (list, tolerance) => {
        const sorted = ascending(list, "lte");
        const { best, curve } = findThreshold(sorted, tolerance);
        const stretch = (from: number, to: number) => {
          const within = sorted.filter(({ value }) => value > from && value <= to);
          return { decided: within.length, wrong: within.filter(({ wrong }) => wrong).length };
        };
        const bears = (limit: number) => {
          const { decided, wrong } = stretch(0, limit);
          const isBadAt = (from: number) => {
            const top = stretch(from, limit);
            return top.decided > 0 && top.wrong / top.decided > tolerance + 1e-12;
          };
          const values = [0, ...new Set(sorted.map(({ value }) => value))].filter((value) => value < limit);
          return upperBound(wrong, decided) < tolerance && !values.some(isBadAt);
        };
        const seen = [...new Set(sorted.map(({ value }) => value))];
        expect(best?.value ?? null).toBe(seen.filter(bears).at(-1) ?? null);
        expect(curve.map(({ value }) => value)).toEqual(seen);
      }),
      { numRuns: 300 },
    );
  });
});
