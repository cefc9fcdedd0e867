import { describe, expect, it } from "vitest";
import { compilePolicy } from "@/lib/policy/compile-policy";
import { parsePolicy } from "@/lib/policy/parse-policy";
import type { PolicyProblem } from "@/lib/policy/policy-error";
import { checkPolicies } from "./check-policies";
import { compilePayloadSchema } from "./compile-payload-schema";
import { formatFinding } from "./finding";
import type { GoldenCase } from "./load-cases";
import type { LoadedPolicies } from "./load-policies";
import { resolveFactSources } from "./resolve-fact-sources";

const low = { tier: "low", route: "auto_execute", when: { amount_lte: 50 } };
const medium = { tier: "medium", route: "batch_review" };
const high = { tier: "high", route: "named_approver", approver_rule: "boss" };
const good: GoldenCase[] = [
  { name: "small", facts: { amount: 5, fraud: false }, tier: "low", route: "auto_execute" },
  { name: "large", facts: { amount: 500, fraud: false }, tier: "medium", route: "batch_review" },
  { name: "bad", facts: { amount: 5, fraud: true }, blocked_by: ["fraud"] },
];
const properties = { amount: { type: "number", minimum: 0 }, env: { enum: ["test", "live"] } };

interface Given {
  cases?: GoldenCase[] | null;
  prose?: string;
  approverRules?: string[];
}

function check(
  policy: object,
  { cases = good, prose = "# Low\n# Medium\n# High", approverRules }: Given = {},
) {
  const parsed = parsePolicy({ action_type: "pay", tiers: [low, medium], hard_blocks: ["fraud"], ...policy });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const compiled = compilePolicy(parsed.policy);
  const problems: PolicyProblem[] = [];
  const schema = compilePayloadSchema(
    { type: "object", additionalProperties: false, properties },
    "",
    problems,
  )!;
  const loaded = {
    actionType: "pay",
    policy: compiled,
    raw: parsed.policy,
    prose,
    hash: "",
    ...schema,
    factSources: resolveFactSources(parsed.policy, compiled.factNames, schema.properties, "", problems),
  };
  expect(problems).toEqual([]);
  const policies: LoadedPolicies = new Map([["pay", loaded]]);
  return checkPolicies(
    policies,
    new Map(cases ? [["pay", cases]] : []),
    approverRules ? new Set(approverRules) : null,
  );
}
const lines = (policy: object, given?: Given) =>
  check(policy, given).findings.map((finding) => formatFinding(finding, "policies"));

describe("checking policies", () => {
  it("finds nothing where there is nothing", () => {
    const { rows, findings } = check({});
    expect(findings).toEqual([]);
    expect(rows).toEqual([{ actionType: "pay", rules: 2, covered: 2, hardBlocks: 1, cases: 3, failed: 0 }]);
  });

  it("fails a case that comes out otherwise, with every comparison", () => {
    const { rows, findings } = check({ tiers: [{ ...low, when: { amount_lte: 4 } }, medium] });
    expect(rows[0]?.failed).toBe(1);
    expect(formatFinding(findings[0]!, "policies")).toBe(
      'error: policies/pay/cases.json: [0]: found tier "medium", route "batch_review" in the case "small", ' +
        'expected tier "low", route "auto_execute"',
    );
    expect(findings[0]?.details).toEqual([
      "hard block: fraud: fraud is false",
      "low #1: amount 5 is over 4",
      "decided by medium #2",
    ]);
  });

  it("fails a case that is blocked although it should not be, and the other way round", () => {
    const [small, large] = good as [GoldenCase, GoldenCase];
    const blocked = lines({}, { cases: [{ ...small, facts: { amount: 5, fraud: true } }, small, large] });
    expect(blocked).toEqual([
      'error: policies/pay/cases.json: [0]: found blocked_by ["fraud"] in the case "small", expected blocked_by []',
    ]);
    const open = lines(
      {},
      { cases: [small, large, { name: "open", facts: { fraud: false }, blocked_by: ["fraud"] }] },
    );
    expect(open).toEqual([
      expect.stringContaining('found blocked_by [] in the case "open", expected blocked_by ["fraud"]'),
    ]);
  });

  it.each<[string, object, Given, string]>([
    [
      "no cases at all",
      {},
      { cases: null },
      "error: policies/pay/cases.json: found no cases, expected golden cases",
    ],
    [
      "an empty list of cases",
      {},
      { cases: [] },
      "error: policies/pay/cases.json: found no cases, expected golden cases",
    ],
    [
      "a rule that no case reaches",
      { tiers: [{ ...high, when: { amount_gt: 10_000 } }, low, medium] },
      {},
      "warning: policies/pay/cases.json: found no case that tiers[0] (high #1) decides, expected at least one case for every rule",
    ],
    [
      "a case about a fact that does not matter",
      {},
      { cases: [...good, { ...good[0]!, facts: { amount: 5, fraud: false, amuont: 5 } }] },
      "warning: policies/pay/cases.json: [3].facts.amuont: found a fact that the policy does not look at, expected one of amount, fraud",
    ],
    [
      "a rule that one before it covers",
      { tiers: [low, { ...high, when: { amount_lt: 50, vip: true } }, medium] },
      {},
      'error: policies/pay/policy.json: tiers[1].when: found {"amount_lt":50,"vip":true}, which tiers[0] covers, expected conditions',
    ],
    [
      "a rule that those before it cover together",
      { tiers: [low, { ...medium, when: { amount_gt: 50 } }, { ...high, when: { amount_gte: 1 } }, medium] },
      {
        cases: [
          { ...good[0]! },
          { ...good[1]! },
          good[2]!,
          { name: "?", facts: { fraud: false }, tier: "high" },
        ],
      },
      'error: policies/pay/policy.json: tiers[2].when: found {"amount_gte":1}, which the rules before it cover, expected',
    ],
    [
      "a rule about a payload that cannot be",
      { tiers: [{ ...high, when: { env_eq: "life" } }, low, medium] },
      {},
      'error: policies/pay/policy.json: tiers[0].when: found {"env_eq":"life"}, which can never hold, expected',
    ],
    [
      "a gap that falls to the default",
      { tiers: [low, { ...medium, when: { amount_gt: 60 } }] },
      {},
      'warning: policies/pay/policy.json: tiers: found no rule for {"amount":51,"fraud":false}, which falls to the default (high, default_approvers), expected a last rule',
    ],
    [
      "a heading that is not there",
      { tiers: [{ ...low, cites: "Small sums" }, medium] },
      {},
      'error: policies/pay/policy.json: tiers[0].cites: found "Small sums", expected a heading of policy.md',
    ],
    [
      "a tier that no heading names",
      {},
      { prose: "# Low" },
      "warning: policies/pay/policy.md: found no heading that names the tier medium, expected one for approvers of tiers[1]",
    ],
  ])("reports %s", (_, policy, given, line) => {
    const found = lines(policy, given);
    expect(found.filter((one) => one.startsWith(line))).toHaveLength(1);
  });

  it("does not take for a gap what the payload cannot be, or what is known to be forbidden", () => {
    const all = {
      tiers: [
        { ...low, when: { env_eq: "test" } },
        { ...medium, when: { env_in: ["live"] } },
      ],
    };
    expect(lines(all).filter((line) => line.includes("default"))).toEqual([]);
    const positive = {
      tiers: [
        { ...low, when: { amount_lte: 50 } },
        { ...medium, when: { amount_lte: 500 } },
      ],
    };
    expect(
      lines({ ...positive, hard_blocks: [{ amount_gt: 500 }] }).filter((line) => line.includes("default")),
    ).toEqual([]);
    expect(lines(positive).filter((line) => line.includes('{"amount":501,"fraud":false}'))).toHaveLength(1);
  });

  it("reports approver rules that do not exist, where it is told which do", () => {
    const escalation = [
      { after_hours: 1, to: "lead" },
      { after_hours: 2, to: "default_approvers" },
    ];
    const policy = {
      tiers: [low, { ...high, when: { amount_lte: 90 }, escalate_to: "board" }, { ...high, escalation }],
    };
    const missing = (approverRules?: string[]) =>
      lines(policy, approverRules ? { approverRules } : {}).filter((line) =>
        line.includes("approver rule that exists"),
      );
    expect(missing()).toEqual([]);
    expect(missing(["boss", "lead", "board"])).toEqual([]);
    expect(missing(["boss", "friends"])).toEqual([
      'error: policies/pay/policy.json: tiers[1].escalate_to: found "board", expected an approver rule that exists: boss, friends',
      'error: policies/pay/policy.json: tiers[2].escalation[0].to: found "lead", expected an approver rule that exists: boss, friends',
    ]);
  });
});
