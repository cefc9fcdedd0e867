import { expect, test } from "vitest";
import { type Outcome, summarise } from "./summarise";

const accepted = (number: number, tier: string): Outcome => ({
  number,
  kind: "accepted",
  actionType: "refund",
  status: "pending",
  tier,
  route: "batch_review",
});

test("accepted lines are counted by action type, status, tier and route; the others are named by line", () => {
  const outcomes: Outcome[] = [
    accepted(3, "medium"),
    { number: 4, kind: "refused", actionType: "teleport", code: "unknown_action_type", detail: "No policy." },
    accepted(1, "medium"),
    { number: 2, kind: "unreadable", actionType: "", detail: "not strict JSON" },
    accepted(5, "high"),
    { number: 6, kind: "lost", actionType: "refund", detail: "no answer" },
  ];
  expect(summarise(outcomes)).toBe(`action type  status   tier    route         count
refund       pending  high    batch_review      1
refund       pending  medium  batch_review      2

refused:
  line 4: unknown_action_type (teleport): No policy.

unreadable:
  line 2: not strict JSON

lost:
  line 6: no answer

6 lines: 3 accepted, 1 refused, 1 unreadable, 1 lost`);
});

test("many refusals do not flood the screen", () => {
  const outcomes = Array.from({ length: 25 }, (_, index): Outcome => {
    return { number: index + 1, kind: "lost", actionType: "refund", detail: "no answer" };
  });
  expect(summarise(outcomes)).toContain("… and 5 more");
});
