import { describe, expect, it } from "vitest";
import { changeOf, rateOf } from "./rate";

describe("a share with its interval", () => {
  it("is none of no cases, and never 0 of nothing", () => {
    expect(rateOf(0, 0)).toBeNull();
    expect(rateOf(0, 4)).toMatchObject({ share: 0, low: 0 });
  });

  it("is Wilson's, as tables have it", () => {
    const rate = rateOf(8, 10)!;
    expect(rate.low).toBeCloseTo(0.4902, 4);
    expect(rate.high).toBeCloseTo(0.9433, 4);
    expect(rateOf(0, 20)!.high).toBeCloseTo(0.1611, 4);
    expect(rateOf(20, 20)).toMatchObject({ high: 1 });
    expect(rateOf(20, 20)!.low).toBeCloseTo(0.8389, 4);
  });

  it("holds the share, and narrows with more cases", () => {
    for (const of of [1, 7, 20, 300, 100_000]) {
      for (const count of [0, 1, Math.floor(of / 3), of]) {
        const { share, low, high } = rateOf(count, of)!;
        expect(low).toBeLessThanOrEqual(share);
        expect(high).toBeGreaterThanOrEqual(share);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
      }
    }
    const width = (of: number) => rateOf(of / 2, of)!.high - rateOf(of / 2, of)!.low;
    expect(width(1_000)).toBeLessThan(width(100));
  });
});

describe("a change of a share", () => {
  it("is not spoken of where either period has fewer than twenty cases", () => {
    expect(changeOf(rateOf(19, 19), rateOf(10, 100))).toBeNull();
    expect(changeOf(rateOf(90, 100), rateOf(1, 19))).toBeNull();
    expect(changeOf(null, rateOf(90, 100))).toBeNull();
    expect(changeOf(rateOf(18, 20), rateOf(17, 20))).not.toBeNull();
  });

  it("is beyond chance only when it is large for so many cases", () => {
    expect(changeOf(rateOf(90, 100), rateOf(70, 100))).toMatchObject({ isBeyondChance: true });
    expect(changeOf(rateOf(90, 100), rateOf(87, 100))).toMatchObject({ isBeyondChance: false });
    expect(changeOf(rateOf(50, 50), rateOf(50, 50))).toEqual({ points: 0, isBeyondChance: false });
  });
});
