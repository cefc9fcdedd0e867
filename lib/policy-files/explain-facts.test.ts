import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { describeSource, explainFacts, formatExplanation } from "./explain-facts";
import { loadPolicies } from "./load-policies";

const policies = loadPolicies(fileURLToPath(new URL("../../policies", import.meta.url)));
const explain = (actionType: string, facts: Record<string, unknown>) =>
  explainFacts(policies.get(actionType)!, facts);

describe("explaining facts", () => {
  it("shows tier, route, rule, and every comparison with its verdict, value and source", () => {
    const explanation = explain("refund", {
      amount: 620,
      customer_months: 9,
      chargeback_open: false,
      vip: true,
    });
    expect(formatExplanation(explanation, "refund")).toEqual([
      "action type            refund",
      "tier                   high",
      "route                  named_approver",
      "decided by             high #3 (rule)",
      "time to decide         8 hours",
      "asks                   finance_oncall, then finance_lead (1 needed)",
      "hard blocks            none holds",
      "not known to be clear  account_flagged_fraud",
      "",
      "hard block: chargeback_open",
      "  no   chargeback_open_eq true: chargeback open is false  [pushed chargeback_open of the draft's subject]",
      "",
      "hard block: account_flagged_fraud",
      "  ?    account_flagged_fraud_eq true: account flagged fraud is unknown  [pushed account_flagged_fraud of the draft's subject]",
      "",
      "low #1",
      "  no   amount_lte 50: amount 620 is over 50  [payload /amount]",
      "  yes  customer_months_gte 3: customer months 9 is at least 3  [pushed customer_months of the draft's subject]",
      "",
      "medium #2",
      "  no   amount_lte 500: amount 620 is over 500  [payload /amount]",
      "",
      "high #3",
      "  yes  amount_gt 500: amount 620 is over 500  [payload /amount]",
      "",
      "unknown: account_flagged_fraud",
      "",
      "not looked at: vip",
    ]);
  });

  it("says what blocks, and that nobody is asked then", () => {
    const lines = formatExplanation(explain("cancel_pending_order", { order_status: "delivered" }), "x");
    expect(lines).toContain("route                  none: it is blocked");
    expect(lines).toContain("hard blocks            order status is not pending");
    expect(lines.join()).not.toContain("finance_oncall");
    expect(formatExplanation(explain("delete_customer", {}), "x")[1]).toMatch(/tier +prohibited/);
  });

  it("counts a fact given as null as unknown", () => {
    expect(explain("refund", { amount: null }).unknown).toContain("amount");
  });

  it.each([
    [{ kind: "payload", pointer: "/a/b" } as const, "payload /a/b"],
    [{ kind: "computed", name: "agent_drafts_1h" } as const, "computed agent_drafts_1h"],
    [{ kind: "http", lookup: "shop", pointer: "/id" } as const, "lookup shop /id"],
    [{ kind: "subject_check" } as const, "subject_from"],
    [
      { kind: "pushed", subjectType: "order", idPointer: "/order_id", name: "total" } as const,
      "pushed total of order /order_id",
    ],
  ])("names the source %j", (source, words) => expect(describeSource(source)).toBe(words));
});
