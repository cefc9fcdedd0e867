import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { findExcerpt } from "@/lib/policy/excerpt";
import { checkPolicies } from "./check-policies";
import { loadCases } from "./load-cases";
import { loadPolicies } from "./load-policies";

const dir = fileURLToPath(new URL("../../policies", import.meta.url));
const policies = loadPolicies(dir);
const cases = loadCases(dir);

describe("the policies that come with Countersign", () => {
  it("pass their golden cases without a remark", () => {
    const { rows, findings } = checkPolicies(policies, cases, null);
    expect(findings).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(10);
    for (const { cases: count } of rows) expect(count).toBeGreaterThanOrEqual(5);
  });

  it("have golden cases for what is forbidden and for what is unknown", () => {
    for (const [actionType, { policy, factSources }] of policies) {
      if (policy.prohibited) continue;
      const golden = cases.get(actionType) ?? [];
      expect(
        golden.some(({ blocked_by }) => blocked_by),
        actionType,
      ).toBe(true);
      const names = Object.keys(factSources);
      expect(
        golden.some(({ facts }) => names.some((name) => !Object.hasOwn(facts, name))),
        actionType,
      ).toBe(true);
    }
  });

  it("have a section to quote for every rule", () => {
    for (const [actionType, { policy, prose }] of policies) {
      for (const rule of policy.rules) {
        expect(findExcerpt(prose, rule)?.text.length, `${actionType} ${rule.name}`).toBeGreaterThan(40);
      }
    }
  });

  it("write the refund policy as people already do", () => {
    expect(policies.get("refund")?.raw).toEqual({
      $schema: "../policy.schema.json",
      action_type: "refund",
      tiers: [
        { tier: "low", when: { amount_lte: 50, customer_months_gte: 3 }, route: "auto_execute" },
        { tier: "medium", when: { amount_lte: 500 }, route: "batch_review", sla_hours: 24 },
        {
          tier: "high",
          when: { amount_gt: 500 },
          route: "named_approver",
          approver_rule: "finance_oncall",
          sla_hours: 8,
          escalate_to: "finance_lead",
        },
      ],
      hard_blocks: ["chargeback_open", "account_flagged_fraud"],
    });
  });

  it("look up what decides about an order at the order itself, not in what the agent sends", () => {
    const order = (name: string) => ({ kind: "pushed", subjectType: "order", idPointer: "/order_id", name });
    expect(policies.get("cancel_pending_order")?.factSources).toMatchObject({
      order_status: order("status"),
      order_total: order("total"),
      amount: { kind: "payload", pointer: "/amount" },
      orders_count: { kind: "pushed", subjectType: "self" },
      subject_amount_24h: { kind: "computed" },
    });
  });

  it.each([
    [
      "exchange_delivered_order_items",
      {
        order_id: "#W1234567",
        item_ids: ["1111111111", "2222222222"],
        new_item_ids: ["3333333333"],
        payment_method_id: "paypal_1",
        amount: 5,
      },
    ],
    ["cancel_pending_order", { order_id: "#W1234567", reason: "changed my mind", amount: 5 }],
    [
      "cancel_pending_order",
      { order_id: "#W1234567", reason: "no longer needed", amount: 5, order_status: "pending" },
    ],
    ["refund", { amount: -5, currency: "USD", reason: "x" }],
    ["refund", { amount: 5, currency: "JPY", reason: "x" }],
    [
      "config_change",
      { service: "api", environment: "production", file: "../../etc/passwd", diff: "--- a\n" },
    ],
    ["config_change", { service: "api", environment: "production", file: "./.env", diff: "--- a\n" }],
    ["send_email", { to: ["a@b.example"], subject: "hi\r\nBcc: c@d.example", body: "x" }],
    ["grant_access", { person: "p", resource: "r", level: "root", expires: "2030-01-01" }],
  ])("refuse a %s payload such as %j", (actionType, payload) => {
    expect(policies.get(actionType)?.validatePayload(payload).ok).toBe(false);
  });

  it.each([
    [
      "exchange_delivered_order_items",
      {
        order_id: "#W1234567",
        item_ids: ["1111111111"],
        new_item_ids: ["3333333333"],
        payment_method_id: "paypal_1",
        amount: 5,
      },
    ],
    ["refund", { amount: 5, currency: "USD", reason: "late" }],
    [
      "config_change",
      {
        service: "api",
        environment: "staging",
        file: "config/app.yaml",
        diff: "--- a/config/app.yaml\n+++ b/config/app.yaml\n@@ -1 +1 @@\n-a: 1\n+a: 2\n",
      },
    ],
    ["send_email", { to: ["a@b.example"], cc: [], subject: "hi", body: "x" }],
    ["grant_access", { person: "p", resource: "r", level: "read", expires: "2030-01-01" }],
  ])("accept a %s payload such as %j", (actionType, payload) => {
    expect(policies.get(actionType)?.validatePayload(payload)).toEqual({ ok: true });
  });
});
