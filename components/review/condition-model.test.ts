import { describe, expect, it } from "vitest";
import type { Classification } from "@/lib/policy/evaluate";
import { groupConditions } from "./condition-model";

const compared = (rule: string, fact: string, holds: boolean | null = false) => ({
  rule,
  fact,
  operator: "lte",
  expected: 1,
  actual: 2,
  source: "payload",
  at: null,
  holds,
});
const classification = (more: object) =>
  ({ rule_name: "high", blocked_by: [], ...more }) as unknown as Classification;

describe("the facts that were compared", () => {
  it("stand by what decides, then hard blocks, then the other rules; each comparison once", () => {
    const groups = groupConditions(
      classification({
        conditions: [
          compared("hard block: fraud", "fraud"),
          compared("low", "amount"),
          compared("medium", "months"),
          compared("low", "amount"),
          compared("high", "country", true),
        ],
      }),
    );
    expect(groups.map(({ rule, decides, results }) => [rule, decides, results.length])).toEqual([
      ["high", true, 1],
      ["hard block: fraud", false, 1],
      ["low", false, 1],
      ["medium", false, 1],
    ]);
  });

  it("put first the hard block that forbids it, and not one whose name merely ends alike", () => {
    const groups = groupConditions(
      classification({
        rule_name: "low",
        blocked_by: ["open"],
        conditions: [
          compared("low", "amount"),
          compared("hard block: not open", "a"),
          compared("hard block: open", "b", true),
        ],
      }),
    );
    expect(groups.filter(({ decides }) => decides).map(({ rule }) => rule)).toEqual([
      "low",
      "hard block: open",
    ]);
  });
});
