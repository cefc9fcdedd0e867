import { expect, it } from "vitest";
import { rateOf } from "@/lib/insights/figures/rate";
import { intervalWords, rateWords, secondsWords } from "./figure-words";

it("shows a share from twenty cases on, and the cases themselves of fewer", () => {
  expect(rateWords(null)).toBe("—");
  expect(rateWords(rateOf(19, 19))).toBe("19 of 19");
  expect(rateWords(rateOf(5, 20))).toBe("25%");
  expect(intervalWords(rateOf(5, 20))).toBe("11–47%");
  expect(intervalWords(null)).toBe("");
});

it.each([
  [12, 5, 60, "12 s", "5–60 s"],
  [60, 40, 180, "60 s", "40 s–3 min"],
  [180, 120, 300, "3 min", "2–5 min"],
])("says seconds in the unit that they are easily read in", (median, low, high, word, spread) => {
  expect(secondsWords({ timed: 9, median, low, high })).toEqual({ median: word, spread });
});
