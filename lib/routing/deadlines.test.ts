import { describe, expect, it } from "vitest";
import { dueAfter, hasLapsed, nextWakeOf, remindersOf } from "./deadlines";

const noon = new Date("2026-03-29T00:30:00Z");

it("counts hours as elapsed time, across a daylight-saving change", () => {
  expect(dueAfter(noon, 8).toISOString()).toBe("2026-03-29T08:30:00.000Z");
});

describe("a wait of eight hours", () => {
  const wait = { since: noon, dueAt: dueAfter(noon, 8), deadline: null };

  it("reminds at half and at nine tenths, then is due", () => {
    const wakes = [noon];
    while (wakes.at(-1)! < wait.dueAt) wakes.push(nextWakeOf(wait, wakes.at(-1)!));
    expect(wakes.map((at) => (at.getTime() - noon.getTime()) / 3_600_000)).toEqual([0, 4, 7.2, 8]);
  });

  it("ends at the agent's deadline when that comes first, with no reminder after it", () => {
    const early = { ...wait, deadline: dueAfter(noon, 5) };
    expect(remindersOf(early)).toEqual([dueAfter(noon, 4)]);
    expect(nextWakeOf(early, dueAfter(noon, 4))).toEqual(early.deadline);
    expect(nextWakeOf({ ...wait, deadline: dueAfter(noon, 9) }, dueAfter(noon, 7.5))).toEqual(wait.dueAt);
  });

  it("has nothing to wait for once it is over", () => {
    expect(nextWakeOf(wait, dueAfter(noon, 20))).toEqual(wait.dueAt);
  });
});

it("counts business hours where it is told to", () => {
  const calendar = {
    time_zone: "Europe/Berlin",
    open: [{ weekdays: [1, 2, 3, 4, 5], from: "09:00", until: "17:00" }],
    holidays: ["2026-11-23"],
  };
  const friday = new Date("2026-11-20T15:00:00Z");
  expect(dueAfter(friday, 8, calendar).toISOString()).toBe("2026-11-24T15:00:00.000Z");
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
