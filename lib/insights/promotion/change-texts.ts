import { conditionFacts } from "@/lib/policy/condition";
import { evaluate } from "@/lib/policy/evaluate";
import type { PolicyRule } from "@/lib/policy/schema";
import { checkCases } from "@/lib/policy-files/check-cases";
import { fillTemplate, judgeCheck, maybeSeeded } from "@/lib/policy-files/check-templates";
import type { GoldenCase } from "@/lib/policy-files/load-cases";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { insertEntry, removeEntry, replaceValue } from "./json-text";
import type { PolicyTexts } from "./policy-files";
import type { Promoted } from "./write-rule";

/** The folder after the change, and which golden cases come out otherwise by it. */
export interface ChangedTexts extends PolicyTexts {
  cases: string;
  movedCases: string[];
  addedCases: string[];
  /** Checks of attention that would run by themselves, and so check nobody any more. */
  removedChecks: string[];
}

const MOVED = "; promoted, it runs by itself";
const MOVED_BACK = "; no longer, it waits for people again";

/**
 * Writes the rule into policy.json, and into cases.json golden cases at the limit and just beyond it; cases that the rule
 * moves get what it makes of them. Everything else stays as people wrote it. `texts` are valid, and their cases pass.
 */
export function changeTexts(
  texts: PolicyTexts,
  {
    candidate,
    rule,
    promoted,
    replaced = [],
    sample,
    step,
  }: {
    /** The policy with the rule. */
    candidate: LoadedPolicy;
    rule: PolicyRule;
    promoted: Promoted;
    /** The rules of the file that it takes the place of, in order. */
    replaced?: readonly { index: number }[];
    /** The facts of a draft at the limit, by name. */
    sample: Record<string, unknown>;
    /** The least difference that the limited number comes in. */
    step: number;
  },
): ChangedTexts {
  const left = replaced.reduceRight((text, { index }) => removeEntry(text, ["tiers"], index), texts.policy);
  const policy = insertEntry(left, ["tiers"], promoted.ruleIndex, rule);
  const before = texts.cases ?? "[]\n";
  const { text: moved, names: movedCases } = moveCases(before, candidate);
  const added = casesAround(candidate, promoted, sample, step);
  const cases = added.reduce((text, each) => append(text, each), moved);
  const { text: checks, names: removedChecks } = removeChecks(texts.checks, candidate);
  const addedCases = added.map(({ name }) => name as string);
  return { policy, cases, checks, movedCases, addedCases, removedChecks };
}

/** Without the checks that nobody would be asked about any more: a policy with one of those is not loaded. */
function removeChecks(
  text: string | null,
  candidate: LoadedPolicy,
): { text: string | null; names: string[] } {
  const names: string[] = [];
  let left = text;
  const checks = candidate.checks ?? [];
  for (let index = checks.length - 1; left !== null && index >= 0; index--) {
    const { name, payload, facts } = fillTemplate(checks[index]!, () => "0");
    const judged = judgeCheck(candidate, payload, (fact) =>
      Object.hasOwn(facts, fact) ? { value: facts[fact], source: "check" } : undefined,
    );
    if (maybeSeeded(judged)) continue;
    left = removeEntry(left, [], index);
    names.unshift(name);
  }
  return { text: left, names };
}

/** What the promotion makes of golden cases that were about the rule before it. */
function moveCases(text: string, candidate: LoadedPolicy): { text: string; names: string[] } {
  const golden = parseCases(text);
  const { findings } = checkCases(candidate, golden);
  const failed = new Set(findings.filter(({ severity }) => severity === "error").map(({ path }) => path));
  const names: string[] = [];
  let changed = text;
  for (const [index, { facts, ...expected }] of golden.entries()) {
    if (!failed.has(`[${index}]`)) continue;
    const got = classify(candidate, facts);
    for (const key of Object.keys(expected) as (keyof typeof expected)[]) {
      if (key === "name" || write(got[key]) === write(expected[key])) continue;
      changed = replaceValue(changed, [index, key], got[key]);
    }
    if (got.route === "auto_execute" && expected.route !== "auto_execute") {
      changed = replaceValue(changed, [index, "name"], `${expected.name}${MOVED}`);
    }
    if (expected.route === "auto_execute" && got.route !== "auto_execute") {
      changed = replaceValue(changed, [index, "name"], `${expected.name}${MOVED_BACK}`);
    }
    names.push(expected.name);
  }
  return { text: changed, names };
}

const parseCases = (text: string) => JSON.parse(text.replace(/^\uFEFF/, "")) as GoldenCase[];

const write = (value: unknown) => JSON.stringify(Array.isArray(value) ? [...value].sort() : value);

const classify = (policy: LoadedPolicy, facts: Record<string, unknown>) =>
  evaluate(
    policy.policy,
    Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, { value, source: "case" }])),
  );

/** Golden cases at the limit, just beyond it, and where what it asks for besides is another. */
function casesAround(
  candidate: LoadedPolicy,
  { fact, direction, value, only, lease }: Promoted,
  sample: Record<string, unknown>,
  step: number,
): Record<string, unknown>[] {
  // What rules and blocks compare, and nothing else: whose draft it was stays out of the files.
  const { rules, hardBlocks } = candidate.policy;
  const compared = new Set([...rules, ...hardBlocks].flatMap(({ condition }) => conditionFacts(condition)));
  const facts = Object.fromEntries(Object.entries(sample).filter(([name]) => compared.has(name)));
  const beyond = round(direction === "lte" ? value + step : value - step, step);
  const words = `${fact} ${value}`;
  const at = caseOf(candidate, `${words} runs by itself (${lease.promotion})`, { ...facts, [fact]: value });
  const past = caseOf(candidate, `${fact} ${beyond} is beyond that (${lease.promotion})`, {
    ...facts,
    [fact]: beyond,
  });
  const other =
    typeof only?.value === "boolean"
      ? [
          caseOf(candidate, `${words} waits where ${only.fact} is ${!only.value} (${lease.promotion})`, {
            ...facts,
            [fact]: value,
            [only.fact]: !only.value,
          }),
        ]
      : [];
  return [at, past, ...other];
}

function caseOf(candidate: LoadedPolicy, name: string, facts: Record<string, unknown>) {
  const { tier, route, blocked_by } = classify(candidate, facts);
  if (blocked_by.length > 0) return { name, facts, blocked_by };
  return { name, facts, tier, route };
}

function append(text: string, entry: Record<string, unknown>): string {
  const { length } = parseCases(text);
  return length > 0 ? insertEntry(text, [], length, entry) : `${JSON.stringify([entry], null, 2)}\n`;
}

/** Without what floating point adds: 500 + 0.01 is 500.01. */
const round = (value: number, step: number): number =>
  Number(value.toFixed(Math.max(0, -Math.floor(Math.log10(step)))));
