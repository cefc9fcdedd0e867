import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanDecisionsNeeded, upperBound } from "./upper-bound";

/** P(X ≤ wrong) for X ~ Bin(decided, share), summed in logarithms. */
function atMost(wrong: number, decided: number, share: number): number {
  let log = decided * Math.log1p(-share);
  let sum = Math.exp(log);
  for (let k = 1; k <= wrong; k++) {
    log += Math.log((decided - k + 1) / k) + Math.log(share) - Math.log1p(-share);
    sum += Math.exp(log);
  }
  return sum;
}

describe("the upper bound of a share", () => {
  it.each([
    // The 95/95 sample sizes of Wilks (1941), as in the tables of ISO 16269-6, by how many may be outside.
    [0, 59],
    [1, 93],
    [2, 124],
    [3, 153],
    [4, 181],
    [5, 208],
    [6, 234],
    [7, 260],
  ])("with %i wrong is under 5 %% from %i decisions on, and not before", (wrong, decided) => {
    expect(upperBound(wrong, decided)).toBeLessThan(0.05);
    expect(upperBound(wrong, decided - 1)).toBeGreaterThan(0.05);
  });

  it.each([
    // One end of published two-sided intervals: Clopper and Pearson's 95 % is 97.5 % on each side.
    [5, 20, 0.975, 0.491],
    [0, 10, 0.975, 0.3085],
    [1, 10, 0.975, 0.445],
    [81, 263, 0.975, 0.3676],
    [0, 20, 0.95, 0.1391],
    [1, 20, 0.95, 0.2161],
  ])("of %i in %i at %d is %d", (wrong, decided, confidence, expected) => {
    expect(upperBound(wrong, decided, confidence)).toBeCloseTo(expected, 4);
  });

  it.each([
    [7, 100],
    [42, 12_345],
    [500, 100_000],
    [5_000, 100_000],
  ])("leaves 5 %% for %i or fewer of %i", (wrong, decided) => {
    expect(atMost(wrong, decided, upperBound(wrong, decided))).toBeCloseTo(0.05, 6);
  });

  it("is 1 where nothing is known, and where everything was wrong", () => {
    expect(upperBound(0, 0)).toBe(1);
    expect(upperBound(3, 3)).toBe(1);
  });

  it("rises with every wrong one and falls with every right one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 3000 }), (wrong, right) => {
        const bound = upperBound(wrong, wrong + right);
        expect(bound).toBeGreaterThan(wrong / (wrong + right));
        expect(upperBound(wrong, wrong + right + 1)).toBeLessThan(bound);
        expect(upperBound(wrong + 1, wrong + right + 1)).toBeGreaterThan(bound);
      }),
    );
  });
});

describe("how many more clean decisions it takes", () => {
  it("is 59 from nothing at 5 %, and what is missing of that later", () => {
    expect(cleanDecisionsNeeded({ wrong: 0, decided: 0 }, 0.05)).toBe(59);
    expect(cleanDecisionsNeeded({ wrong: 0, decided: 40 }, 0.05)).toBe(19);
    expect(cleanDecisionsNeeded({ wrong: 0, decided: 59 }, 0.05)).toBe(0);
    expect(cleanDecisionsNeeded({ wrong: 0, decided: 0 }, 0.01)).toBe(299);
    expect(cleanDecisionsNeeded({ wrong: 1, decided: 20 }, 0.05)).toBe(73);
  });

  it("is the least number that does", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 0, max: 100 }),
        fc.double({ min: 0.005, max: 0.5, noNaN: true }),
        (wrong, right, tolerance) => {
          const decided = wrong + right;
          const more = cleanDecisionsNeeded({ wrong, decided }, tolerance)!;
          expect(upperBound(wrong, decided + more)).toBeLessThan(tolerance);
          if (more > 0) expect(upperBound(wrong, decided + more - 1)).toBeGreaterThanOrEqual(tolerance);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is nothing that anybody can wait for at a tolerance of nothing", () => {
    expect(cleanDecisionsNeeded({ wrong: 0, decided: 0 }, 0)).toBeNull();
  });
});
