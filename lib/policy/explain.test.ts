import { describe, expect, it } from "vitest";
import { parseCondition } from "./condition";
import { describeCondition, explainCondition } from "./explain";
import type { OperatorName, Verdict } from "./operators";

const say = (fact: string, operator: OperatorName, expected: unknown, actual: unknown, holds: Verdict) =>
  explainCondition({ fact, operator, expected, actual, holds });

describe("the sentence for a condition", () => {
  it.each([
    [say("amount", "gt", 500, 620, true), "amount 620 is over 500"],
    [say("amount", "lte", 500, 620, false), "amount 620 is over 500"],
    [say("customer_months", "gte", 3, 1, false), "customer months 1 is under 3"],
    [say("order_status", "ne", "pending", "delivered", true), "order status is delivered, not pending"],
    [say("order_status", "eq", "pending", "pending", true), "order status is pending"],
    [say("vip", "eq", true, false, false), "vip is false"],
    [say("level", "in", ["read", "write"], "admin", false), "level admin is none of read, write"],
    [say("amount", "lte", 50, null, null), "amount is unknown"],
    [say("amount", "lte", 50, "9", null), "amount cannot be compared: it is a text"],
  ])("%s", (sentence, expected) => {
    expect(sentence).toBe(expected);
  });

  it("keeps long values short and on one line", () => {
    expect(say("file", "eq", "x", `a\n${"b".repeat(500)}`, false).length).toBeLessThan(100);
    expect(say("file", "eq", "x", "a\nb", false)).toBe("file is a b, not x");
  });

  it("describes a nested condition without facts", () => {
    const condition = parseCondition({ a: true, any: [{ n_gt: 1 }, { not: { s_in: ["x", "y"] } }] });
    expect(describeCondition(condition)).toBe("a is true and (n is over 1 or not (s is one of x, y))");
    expect(describeCondition(parseCondition({}))).toBe("always");
  });
});
