import { describe, expect, it } from "vitest";
import { drawShare } from "./draw-share";

const DRAWS = 200_000;
const drawMany = (share: number) => Array.from({ length: DRAWS }, () => drawShare(share));
const count = (drawn: boolean[]) => drawn.filter(Boolean).length;

/** How many standard deviations off; six come once in five hundred million runs. */
const deviation = (found: number, of: number, share: number) =>
  Math.abs(found - of * share) / Math.sqrt(of * share * (1 - share));

describe("a lot that falls on a share", () => {
  it.each([0.01, 0.05, 0.1, 0.5, 0.93])("falls on %d of all, as exactly as chance allows", (share) => {
    expect(deviation(count(drawMany(share)), DRAWS, share)).toBeLessThan(6);
  });

  it("falls on none of none, and on all of all", () => {
    expect(count(drawMany(0))).toBe(0);
    expect(count(drawMany(1))).toBe(DRAWS);
  });

  it("says nothing of the next: after a hit and after a miss the share is the same", () => {
    const share = 0.1;
    const drawn = drawMany(share);
    for (const before of [true, false]) {
      const next = drawn.slice(1).filter((_, at) => drawn[at] === before);
      expect(deviation(count(next), next.length, share)).toBeLessThan(6);
    }
  });

  it("has no rhythm: every place in ten gets as many", () => {
    const drawn = drawMany(0.1);
    for (let place = 0; place < 10; place++) {
      const there = drawn.filter((_, at) => at % 10 === place);
      expect(deviation(count(there), there.length, 0.1)).toBeLessThan(6);
    }
  });
});
