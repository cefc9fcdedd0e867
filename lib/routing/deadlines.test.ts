import { expect, it } from "vitest";
import { dueAfter, timerAt } from "./deadlines";

const noon = new Date("2026-03-29T00:30:00Z");

it("counts hours as elapsed time, across a daylight-saving change", () => {
  expect(dueAfter(noon, 8).toISOString()).toBe("2026-03-29T08:30:00.000Z");
});

it("fires at the agent's deadline when that comes first, and never later than due", () => {
  const due = dueAfter(noon, 8);
  expect(timerAt(due, null)).toBe(due);
  expect(timerAt(due, dueAfter(noon, 1))).toEqual(dueAfter(noon, 1));
  expect(timerAt(due, dueAfter(noon, 9))).toBe(due);
});
