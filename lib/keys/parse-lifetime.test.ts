import { expect, test } from "vitest";
import { parseLifetime } from "./parse-lifetime";

test.each([
  ["12h", 43_200_000],
  ["90d", 7_776_000_000],
  ["2w", 1_209_600_000],
])("%s is a lifetime", (text, ms) => {
  expect(parseLifetime(text)).toBe(ms);
});

test.each(["", "0d", "-1d", "90", "1.5d", "90 d", "90D", "d", "99999w"])("%j is none", (text) => {
  expect(() => parseLifetime(text)).toThrow(/is no lifetime/);
});
