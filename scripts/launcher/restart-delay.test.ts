import { expect, test } from "vitest";
import { restartDelayMs } from "./restart-delay";

test("each crash within a minute doubles the wait, and the fifth gives up", () => {
  const now = 1_000_000;
  const crashes = [now - 9_000, now - 7_000, now - 4_000, now - 2_000, now];
  expect(crashes.map((_, index) => restartDelayMs(crashes.slice(0, index + 1), now))).toEqual([
    250,
    500,
    1000,
    2000,
    null,
  ]);
});

test("crashes of more than a minute ago are forgotten", () => {
  const now = 1_000_000;
  expect(restartDelayMs([now - 60_000, now - 70_000, now - 80_000, now - 90_000, now], now)).toBe(250);
});
