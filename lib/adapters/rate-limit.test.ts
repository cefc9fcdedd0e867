import { expect, it } from "vitest";
import { createRateLimit } from "./rate-limit";

const take = (times: number, limit: (holder: string, nowMs: number) => number, holder: string, now: number) =>
  Array.from({ length: times }, () => limit(holder, now));

it("admits a burst, then one request for every token that time brings back", () => {
  const limit = createRateLimit({ perSecond: 10, burst: 3 });
  expect(take(5, limit, "a", 1000)).toEqual([0, 0, 0, 1, 1]);
  expect(take(2, limit, "a", 1100)).toEqual([0, 1]);
  expect(take(4, limit, "a", 61_000)).toEqual([0, 0, 0, 1]);
});

it("counts each holder for itself", () => {
  const limit = createRateLimit({ perSecond: 1, burst: 1 });
  expect([limit("a", 0), limit("a", 0), limit("b", 0)]).toEqual([0, 1, 0]);
});

it("says how many seconds to wait when tokens come slowly, and is not moved by a clock that goes back", () => {
  const limit = createRateLimit({ perSecond: 0.1, burst: 1 });
  expect([limit("a", 5000), limit("a", 5000), limit("a", 0), limit("a", 10_000)]).toEqual([0, 10, 10, 0]);
});

it("forgets who asked longest ago rather than growing without bound", () => {
  const limit = createRateLimit({ perSecond: 1, burst: 1, maxHolders: 2 });
  limit("a", 0);
  limit("b", 0);
  limit("a", 0);
  limit("c", 0);
  expect([limit("a", 0), limit("b", 0)]).toEqual([1, 0]);
});
