import { expect, it } from "vitest";
import { formatHours, momentIn, namesOf } from "./words";

it("a moment is told on the wall clock of its zone", () => {
  expect(momentIn("Europe/Berlin", "2026-11-20T16:00:00Z")).toBe("Fri 20 Nov, 17:00");
  expect(momentIn("UTC", "2026-11-20T00:00:00Z")).toBe("Fri 20 Nov, 00:00");
});

it("many names are cut short, none is nobody", () => {
  expect(namesOf([])).toBe("nobody");
  expect(namesOf(["Ann", "Ben"])).toBe("Ann, Ben");
  expect(namesOf(["Ann", "Ben", "Cat", "Dan", "Eve"])).toBe("Ann, Ben, Cat and 2 more");
});

it("hours have a decimal as long as it says something", () => {
  expect([0.25, 6, 6.54, 62.4].map(formatHours)).toEqual(["0.3 h", "6 h", "6.5 h", "62 h"]);
});
