import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { policyJsonSchema } from "@/lib/policy/json-schema";
import { parsePolicy } from "@/lib/policy/parse-policy";
import { loadPolicies } from "./load-policies";

const dir = fileURLToPath(new URL("../../policies", import.meta.url));
const published = JSON.parse(readFileSync(`${dir}/policy.schema.json`, "utf8"));
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strictRequired: false });
const validate = ajv.compile(published);
const errorsOf = (json: unknown) => (validate(json) ? [] : (validate.errors ?? []));

const auto = { tier: "low", route: "auto_execute" };
const batch = { tier: "medium", route: "batch_review" };
const named = { tier: "high", route: "named_approver", approver_rule: "boss" };
const pay = (policy: object) => ({ action_type: "pay", tiers: [auto], ...policy });

describe("the published JSON Schema", () => {
  it("is the one that the code makes", () => {
    expect(published).toEqual(policyJsonSchema());
  });

  it("takes every policy that ships, each of which names it", () => {
    const shipped = [...loadPolicies(dir).values()];
    expect(shipped.length).toBeGreaterThanOrEqual(10);
    for (const { raw } of shipped) {
      expect(errorsOf(raw), raw.action_type).toEqual([]);
      expect(raw.$schema).toBe("../policy.schema.json");
    }
  });

  it("takes the refund policy as people already write it", () => {
    const refund = {
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
    };
    expect(errorsOf(refund)).toEqual([]);
    expect(parsePolicy(refund).ok).toBe(true);
  });

  it.each([
    pay({ prohibited: true, tiers: undefined }),
    pay({
      tiers: [{ ...auto, when: { all: [{ a_in: ["x"] }, { not: { any: [{ b: true }, { c_ne: 1 }] } }] } }],
    }),
    pay({ tiers: [{ ...batch, sla_in: "business_hours" }, named, { tier: "prohibited" }] }),
    pay({ hard_blocks: ["fraud", { status_ne: "open" }], department_from: "team" }),
    pay({
      facts: {
        a: { from: "http", lookup: "shop", at: "/a" },
        b: { from: "computed", name: "agent_drafts_7d_automatic" },
      },
      lookups: { shop: { url: "https://shop.example.com/{/id}", headers_env: { authorization: "TOKEN" } } },
    }),
  ])("takes %j", (json) => {
    const written = JSON.parse(JSON.stringify(json));
    expect(errorsOf(written)).toEqual([]);
    expect(parsePolicy(written).ok).toBe(true);
  });

  it.each([
    {},
    { action_type: "pay" },
    pay({ tiers: [] }),
    pay({ hard_block: ["fraud"] }),
    pay({ action_type: "not a name" }),
    pay({ tiers: [{ tier: "middle", route: "batch_review" }] }),
    pay({ tiers: [{ tier: "medium" }] }),
    pay({ tiers: [{ ...named, approver_rule: undefined }] }),
    pay({ tiers: [{ ...auto, sla_hours: 4 }] }),
    pay({ tiers: [{ ...auto, sla_in: "elapsed" }] }),
    pay({ tiers: [{ ...batch, sample_review: 0.1 }] }),
    pay({ tiers: [{ ...batch, sla_in: "weekdays" }] }),
    pay({ tiers: [{ tier: "prohibited", route: "batch_review" }] }),
    pay({ tiers: [{ ...batch, escalate_to: "a", escalation: [{ after_hours: 1, to: "b" }] }] }),
    pay({ tiers: [{ ...auto, when: { amount_lte: "50" } }] }),
    pay({ tiers: [{ ...auto, when: { amount: 50 } }] }),
    pay({ tiers: [{ ...auto, when: { a_in: [] } }] }),
    pay({ tiers: [{ ...auto, when: { a_not_in: "x" } }] }),
    pay({ tiers: [{ ...auto, when: { any: { a: true } } }] }),
    pay({ tiers: [{ ...auto, when: { not: [{ a: true }] } }] }),
    pay({ tiers: [{ ...auto, when: { all: [{ not: { all: [] } }] } }] }),
    pay({ hard_blocks: [{}] }),
    pay({ hard_blocks: ["not a name"] }),
    pay({ hard_blocks: [{ status_gt: "x" }] }),
    pay({ department: "a", department_from: "b" }),
    pay({ subject_from: { type: "customer" } }),
    pay({ facts: { a: { from: "pushed", subject: "order" } } }),
    pay({ facts: { a: { from: "payload", at: "amount" } } }),
    pay({ facts: { a: { from: "computed", name: "mood" } } }),
    pay({ lookups: { shop: { timeout_seconds: 1 } } }),
    pay({ lookups: { shop: { url: "https://a.example/", url_env: "A" } } }),
    pay({ executor: { webhook: { url_env: "https://x.example" } } }),
  ])("refuses %j, as the code does", (json) => {
    const written = JSON.parse(JSON.stringify(json));
    expect(errorsOf(written)).not.toEqual([]);
    expect(parsePolicy(written).ok).toBe(false);
  });

  it("takes every example of docs/policies.md, as the code does", () => {
    const page = readFileSync(`${dir}/../docs/policies.md`, "utf8");
    const examples = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, text]) => JSON.parse(text!));
    const objects = examples.filter((example) => !Array.isArray(example));
    const isPart = (example: object) => Object.keys(example).every((key) => key in published.properties);
    const conditions = objects.filter((example) => !isPart(example));
    expect(conditions).toHaveLength(1);
    const policy = Object.assign({}, ...objects.filter(isPart));
    policy.tiers.unshift({ ...auto, when: conditions[0] });
    expect(errorsOf(policy)).toEqual([]);
    expect(parsePolicy(policy)).toMatchObject({ ok: true });
    for (const key of [
      "tiers",
      "hard_blocks",
      "facts",
      "lookups",
      "subject_from",
      "attributes",
      "executor",
    ]) {
      expect(policy).toHaveProperty(key);
    }
  });
});
