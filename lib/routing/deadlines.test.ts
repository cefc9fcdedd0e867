import { expect, it } from "vitest";
import { dueAfter, hasLapsed, timerAt } from "./deadlines";

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

it.each([
  ["past due at the last level", { dueAt: 0, isLastLevel: true, onTimeout: "deny" }, true],
  ["past due with somebody left to escalate to", { dueAt: 0, isLastLevel: false, onTimeout: "deny" }, false],
  ["past due, to be held", { dueAt: 0, isLastLevel: true, onTimeout: "hold" }, false],
  ["not yet due", { dueAt: 1, isLastLevel: true, onTimeout: "deny" }, false],
  ["past the agent's deadline", { dueAt: 1, deadline: 0, isLastLevel: false, onTimeout: "hold" }, true],
] as const)("expires what is %s: %o", (_, wait, lapsed) => {
  const deadline = "deadline" in wait ? dueAfter(noon, wait.deadline) : null;
  expect(hasLapsed({ ...wait, dueAt: dueAfter(noon, wait.dueAt), deadline }, noon)).toBe(lapsed);
});
