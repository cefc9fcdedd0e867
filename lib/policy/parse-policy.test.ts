import { describe, expect, it } from "vitest";
import { parsePolicy } from "./parse-policy";
import { formatProblem } from "./policy-error";

const auto = { tier: "low", route: "auto_execute" };
const batch = { tier: "medium", route: "batch_review" };
const problemsOf = (json: unknown) => {
  const result = parsePolicy(json);
  return result.ok ? [] : result.problems.map(formatProblem);
};
const withRule = (rule: object) => problemsOf({ action_type: "refund", tiers: [rule] });
const withWhen = (when: unknown) => withRule({ ...batch, when });

describe("a policy.json", () => {
  it("is accepted at its smallest, and with everything it may say", () => {
    expect(problemsOf({ action_type: "refund", tiers: [auto] })).toEqual([]);
    expect(problemsOf({ action_type: "refund", prohibited: true })).toEqual([]);
    expect(
      problemsOf({
        $schema: "../policy.schema.json",
        action_type: "refund",
        description: "Money back",
        tiers: [
          {
            ...auto,
            sample_review: 0.1,
            undo_seconds: 60,
            when: { vip: true, not: { any: [{ a_gt: 1 }, { b_in: ["x"] }] } },
          },
          {
            tier: "medium",
            route: "execute_then_review",
            when: { all: [{ amount_lte: 9, amount_gte: 1 }] },
            cites: "Medium",
          },
          {
            tier: "high",
            name: "big",
            route: "named_approver",
            approver_rule: "finance_oncall",
            approvals_required: 2,
            sla_in: "business_hours",
            escalation: [
              { after_hours: 8, to: "finance_lead" },
              { after_hours: 24, to: "cfo" },
            ],
            on_timeout: "hold",
          },
          { tier: "prohibited" },
        ],
        hard_blocks: ["fraud", { status_ne: "pending" }],
        attributes: {
          title: "Refund",
          reversible: false,
          external: true,
          data_sensitivity: "personal",
          amount_from: "/amount",
          currency: "USD",
        },
        department_from: "status",
        subject_from: { type: "customer", fact: "status" },
        executor: { webhook: { url_env: "URL", secret_env: "SECRET", timeout_seconds: 10 } },
        facts: {
          status: { from: "pushed", subject: "order", id: "/order_id", name: "status" },
          fraud: { from: "pushed" },
          a: { from: "payload", at: "/a/0" },
          b: { from: "computed", name: "agent_drafts_1h" },
          c: { from: "http", lookup: "shop", at: "/customer/id" },
        },
        lookups: {
          shop: { url_env: "SHOP_URL", headers_env: { authorization: "SHOP_TOKEN" }, timeout_seconds: 2.5 },
          crm: { url: "https://crm.example.com/{/id}", max_age_seconds: 60 },
        },
      }),
    ).toEqual([]);
  });

  it.each([
    [
      { ...batch, route: "batch" },
      'tiers[0].route: found "batch", expected one of auto_execute, execute_then_review, batch_review, named_approver',
    ],
    [{ tier: "medium" }, "tiers[0].route: found nothing, expected one of auto_execute"],
    [
      { ...batch, tier: "middle" },
      'tiers[0].tier: found "middle", expected one of low, medium, high, prohibited',
    ],
    [{ ...batch, wen: {} }, 'tiers[0]: found unknown key "wen", expected one of the keys tier, name'],
    [
      { tier: "high", route: "named_approver" },
      "tiers[0].approver_rule: found nothing, expected the name of an approver rule",
    ],
    [{ ...auto, sla_hours: 4 }, "tiers[0].sla_hours: found 4, expected nothing on an auto_execute rule"],
    [
      { ...auto, sla_in: "elapsed" },
      'tiers[0].sla_in: found "elapsed", expected nothing on an auto_execute rule',
    ],
    [
      { ...batch, sla_in: "weekdays" },
      'tiers[0].sla_in: found "weekdays", expected one of elapsed, business_hours',
    ],
    [{ tier: "prohibited", sla_in: "elapsed" }, "tiers[0].sla_in: found"],
    [{ ...auto, approvals_required: 2 }, "tiers[0].approvals_required: found 2"],
    [
      { tier: "prohibited", route: "batch_review" },
      'tiers[0].route: found "batch_review", expected nothing on a prohibited rule',
    ],
    [{ ...batch, sample_review: 0.1 }, "tiers[0].sample_review: found 0.1"],
    [{ ...auto, sample_review: 1.5 }, "tiers[0].sample_review: found 1.5, expected a number of at most 1"],
    [
      { ...batch, approvals_required: 0 },
      "tiers[0].approvals_required: found 0, expected a number of at least 1",
    ],
    [{ ...batch, on_timeout: "approve" }, 'tiers[0].on_timeout: found "approve", expected one of deny, hold'],
    [{ ...batch, escalate_to: "a", escalation: [{ after_hours: 1, to: "b" }] }, "tiers[0].escalate_to"],
    [
      {
        ...batch,
        escalation: [
          { after_hours: 2, to: "a" },
          { after_hours: 2, to: "b" },
        ],
      },
      "tiers[0].escalation[1].after_hours: found 2, expected more hours",
    ],
  ])("refuses the rule %j", (rule, message) => {
    expect(withRule(rule)).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    [
      { amount_lteq: 50 },
      "tiers[0].when.amount_lteq",
      "a key that ends in one of _lte, _lt, _gte, _gt, _eq, _ne, _in, _not_in",
    ],
    [{ amount_lte: "50" }, "tiers[0].when.amount_lte", "a number after _lte"],
    [{ amount_lte: Number.POSITIVE_INFINITY }, "tiers[0].when.amount_lte", "a number"],
    [{ amount_lte: Number.NaN }, "tiers[0].when.amount_lte", "a number"],
    [{ status_in: [] }, "tiers[0].when.status_in", "a non-empty list"],
    [{ status_not_in: "pending" }, "tiers[0].when.status_not_in", "a non-empty list"],
    [{ status_eq: ["pending"] }, "tiers[0].when.status_eq", "a text, a number, true or false"],
    [{ status_ne: null }, "tiers[0].when.status_ne", "a text, a number, true or false"],
    [{ logged_in: true }, "tiers[0].when.logged_in", "write logged_in_eq"],
    [{ _lte: 5 }, "tiers[0].when._lte", "a fact name"],
    [{ all: [] }, "tiers[0].when.all", "a non-empty list of conditions"],
    [{ any: { a: true } }, "tiers[0].when.any", "a non-empty list of conditions"],
    [{ any: [{ a: true }, 5] }, "tiers[0].when.any[1]", "an object such as"],
    [{ not: [{ a: true }] }, "tiers[0].when.not", "an object such as"],
    ["amount < 5", "tiers[0].when", "an object such as"],
  ])("refuses the condition %j", (when, path, allowed) => {
    const problems = withWhen(when);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(`${path}: found `);
    expect(problems[0]).toContain(allowed);
  });

  it.each([
    [{ hard_block: [] }, 'found unknown key "hard_block", expected one of the keys $schema'],
    [{ hard_blocks: [{}] }, "hard_blocks[0]: found {}, expected a condition that is not empty"],
    [{ hard_blocks: ["not a name"] }, 'hard_blocks[0]: found "not a name", expected the name of a fact'],
    [{ hard_blocks: [{ status_gt: "x" }] }, 'hard_blocks[0].status_gt: found "x", expected a number'],
    [{ tiers: [] }, "tiers: found [], expected a non-empty list of rules"],
    [{ prohibited: "yes" }, 'prohibited: found "yes", expected true or false'],
    [{ department: "finance", department_from: "team" }, 'department_from: found "team", expected either'],
    [{ lookups: { shop: {} } }, "lookups.shop.url_env: found nothing, expected either url or url_env"],
    [{ lookups: { shop: { url: "https://x.example/", url_env: "U" } } }, "lookups.shop.url: found"],
    [
      { lookups: { shop: { url: "https://{/host}/" } } },
      'lookups.shop.url: found "https://{/host}/", expected an http',
    ],
    [{ lookups: { shop: { url_env: "U", timeout_seconds: 11 } } }, "lookups.shop.timeout_seconds: found 11"],
    [
      { lookups: { shop: { url_env: "U", max_age_seconds: 1.5 } } },
      "lookups.shop.max_age_seconds: found 1.5",
    ],
    [
      { lookups: { shop: { url_env: "U", headers_env: { "a b": "T" } } } },
      'found "a b", expected a header name',
    ],
    [
      { facts: { a: { from: "http", lookup: "shop", at: "/a" } } },
      'facts.a.lookup: found "shop", expected the name of an entry of lookups: there is none',
    ],
    [{ department: "" }, "department: found"],
    [{ subject_from: "customer" }, 'subject_from: found "customer", expected an object'],
    [{ subject_from: { type: "customer" } }, "subject_from.fact: found nothing"],
    [{ executor: "me" }, 'executor: found "me", expected "agent"'],
    [
      { executor: { webhook: { url_env: "https://x.test", secret_env: "S" } } },
      "executor.webhook.url_env: found",
    ],
    [
      { facts: { a: { from: "ftp" } } },
      'facts.a.from: found "ftp", expected one of pushed, payload, http, computed',
    ],
    [{ facts: { a: { from: "pushed", subject: "order" } } }, "facts.a.id: found nothing"],
    [
      { facts: { a: { from: "computed", name: "mood" } } },
      'facts.a.name: found "mood", expected {subject|agent|action_type|subject_action_type}_{amount',
    ],
    [
      { facts: { a: { from: "computed", name: "subject_amount_900d" } } },
      'facts.a.name: found "subject_amount_900d"',
    ],
    [
      { facts: { a: { from: "payload", at: "amount" } } },
      'facts.a.at: found "amount", expected a JSON Pointer',
    ],
  ])("refuses %j", (part, message) => {
    expect(problemsOf({ action_type: "refund", tiers: [auto], ...part })).toEqual([
      expect.stringContaining(message),
    ]);
  });

  it.each([[null], [[]], ["refund"], [7], [{}]])("refuses %j without throwing", (json) => {
    expect(problemsOf(json).length).toBeGreaterThan(0);
  });

  it("reports everything that is wrong at once", () => {
    expect(
      problemsOf({ action_type: 1, tiers: [{ ...batch, when: { a_lt: "x", b: 3 } }], foo: 1 }),
    ).toHaveLength(4);
  });
});
