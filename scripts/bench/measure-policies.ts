import { Engine, type RuleProperties } from "json-rules-engine";
import { compilePolicy, type Facts } from "@/lib/policy/compile-policy";
import { evaluate } from "@/lib/policy/evaluate";
import { parsePolicy } from "@/lib/policy/parse-policy";
import { interleave, showRound } from "./interleave";
import type { Result } from "./report";

export interface PoliciesSizes {
  rules: number;
  facts: number;
  rounds: number;
  warmUp: number;
  /** Evaluations in one round, of each arm: json-rules-engine takes longer for each. */
  perRound: { countersign: number; engine: number };
}

/** One comparison of the synthetic policy, understood by both arms. */
type Comparison =
  | { fact: string; operator: "lte" | "gte"; value: number }
  | { fact: string; operator: "eq"; value: boolean }
  | { fact: string; operator: "in"; value: string[] };

const SETS = 500;
const COUNTRIES = ["AT", "BE", "CH", "DE", "DK", "ES", "FR", "GB", "IT", "US"];
const OPERATOR_NAMES = {
  lte: "lessThanInclusive",
  gte: "greaterThanInclusive",
  eq: "equal",
  in: "in",
} as const;

/**
 * Evaluating a policy, every comparison explained, beside json-rules-engine with the same rules: compiled once,
 * priorities in the order of the rules, stopped by the first that holds. Both decide the same before anything counts.
 */
export async function measurePolicies(sizes: PoliciesSizes): Promise<Result[]> {
  const random = randomBy(42);
  const rules = Array.from({ length: sizes.rules - 1 }, () => makeRule(random, sizes.facts));
  const sets = Array.from({ length: SETS }, () => makeFacts(random, sizes.facts));

  const policy = compile([...rules, []]);
  const known = sets.map(
    (set): Facts =>
      Object.fromEntries(Object.entries(set).map(([name, value]) => [name, { value, source: "bench" }])),
  );
  const engine = buildEngine([...rules, []]);
  const decide = async (set: object): Promise<number> => {
    const { events } = await engine.run(set as Record<string, unknown>);
    return events[0]!.params!.index as number;
  };
  const decided = new Set<number>();
  for (const [at, set] of sets.entries()) {
    const ours = evaluate(policy, known[at]!).rule?.index;
    const theirs = await decide(set);
    if (ours !== theirs) throw new Error(`The arms disagree on ${JSON.stringify(set)}: ${ours}, ${theirs}`);
    decided.add(theirs);
  }

  const perSecond = async (count: number, work: (at: number) => unknown) => {
    const startedAt = performance.now();
    for (let at = 0; at < count; at++) await work(at % SETS);
    return (count * 1000) / (performance.now() - startedAt);
  };
  const arms = [
    {
      name: "countersign",
      run: () => perSecond(sizes.perRound.countersign, (at) => evaluate(policy, known[at]!)),
    },
    { name: "json-rules-engine", run: () => perSecond(sizes.perRound.engine, (at) => decide(sets[at]!)) },
  ];
  const title = `${sizes.rules} rules, ${sizes.facts} facts, ${decided.size} rules decide`;
  const measured = await interleave(arms, sizes, showRound(title));
  return [
    {
      name: `evaluate ${sizes.rules} rules on ${sizes.facts} facts`,
      unit: "per second",
      measured: measured.countersign!,
      floorName: "json-rules-engine",
      floor: measured["json-rules-engine"]!,
      aim: { atLeast: 10 },
    },
  ];
}

function compile(rules: Comparison[][]) {
  const tiers = rules.map((comparisons) => ({
    tier: "medium",
    route: "batch_review",
    when: { all: comparisons.map(({ fact, operator, value }) => ({ [`${fact}_${operator}`]: value })) },
  }));
  const written = tiers.map(({ when, ...rule }) => (when.all.length > 0 ? { ...rule, when } : rule));
  const parsed = parsePolicy({ action_type: "bench", tiers: written });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems[0]));
  return compilePolicy(parsed.policy);
}

function buildEngine(rules: Comparison[][]): Engine {
  const properties = rules.map(
    (comparisons, index): RuleProperties => ({
      conditions: {
        all: comparisons.map(({ fact, operator, value }) => ({
          fact,
          operator: OPERATOR_NAMES[operator],
          value,
        })),
      },
      event: { type: "decided", params: { index } },
      priority: rules.length - index,
    }),
  );
  const engine = new Engine(properties);
  engine.on("success", () => engine.stop());
  return engine;
}

/** The facts are of four kinds in turn: a number, a flag, a country, a number. */
function makeRule(random: () => number, facts: number): Comparison[] {
  const count = 2 + Math.floor(random() * 3);
  const start = Math.floor(random() * facts);
  return Array.from({ length: count }, (_, step): Comparison => {
    const at = (start + step * 3) % facts;
    const fact = `fact_${at}`;
    if (at % 4 === 1) return { fact, operator: "eq", value: random() < 0.5 };
    if (at % 4 === 2) {
      const from = Math.floor(random() * 7);
      return { fact, operator: "in", value: COUNTRIES.slice(from, from + 3) };
    }
    const value = Math.floor(random() * 1000);
    return { fact, operator: random() < 0.5 ? "lte" : "gte", value };
  });
}

function makeFacts(random: () => number, facts: number): Record<string, unknown> {
  const values = Array.from({ length: facts }, (_, at) => {
    if (at % 4 === 1) return random() < 0.5;
    if (at % 4 === 2) return COUNTRIES[Math.floor(random() * COUNTRIES.length)];
    return Math.floor(random() * 1000);
  });
  return Object.fromEntries(values.map((value, at) => [`fact_${at}`, value]));
}

/** The same numbers in every run (a linear congruential generator). */
function randomBy(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
