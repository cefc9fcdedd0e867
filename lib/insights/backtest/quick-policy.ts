import { type CompiledPolicy, compareScrutiny, type Handling } from "@/lib/policy/compile-policy";
import type { Condition } from "@/lib/policy/condition";
import { OPERATORS, type Verdict } from "@/lib/policy/operators";
import { type Route, routeRank, runsBeforeReview, type Tier } from "@/lib/policy/scrutiny";

/** What a policy comes to for one case: as `evaluate` says, without the explanation. */
export interface Outcome {
  tier: Tier;
  /** Null for what is prohibited: nobody is asked. */
  route: Route | null;
  /** The rule that set the tier; null for the default and for what is prohibited altogether. */
  rule: number | null;
  blocked: boolean;
  /** Whether it runs before anybody has looked at it. */
  automatic: boolean;
  /** Whether a rule or hard block that it came to could not be known, and so counted as the stricter case. */
  unknown: boolean;
}

type Values = readonly unknown[];
type QuickTest = (values: Values) => Verdict;

/**
 * A compiled policy as one closure from the values of a case to its outcome, for a hundred thousand cases at once: nothing
 * is explained, and the outcomes are made once. `columnOf` says where a fact stands among the values, −1 for nowhere.
 */
export function quickPolicy(
  policy: CompiledPolicy,
  columnOf: (fact: string) => number,
): (values: Values) => Outcome {
  const blocks = policy.hardBlocks.map(({ condition }) => quickTest(condition, columnOf));
  const tests = policy.rules.map(({ condition }) => quickTest(condition, columnOf));
  const outcomes = new Map<number, Outcome>();
  const { rules, fallback, prohibited } = policy;

  const outcomeOf = (
    byTier: number,
    byRoute: number,
    state: { blocked: boolean; open: boolean; isUnknown: boolean },
  ) => {
    const flags = (state.blocked ? 1 : 0) + (state.open ? 2 : 0) + (state.isUnknown ? 4 : 0);
    const key = ((byTier + 1) * (rules.length + 1) + byRoute + 1) * 8 + flags;
    let outcome = outcomes.get(key);
    if (!outcome) {
      outcome = makeOutcome(byTier, byRoute, state);
      outcomes.set(key, outcome);
    }
    return outcome;
  };
  const handlingOf = (index: number): Handling => rules[index] ?? fallback;
  const makeOutcome = (
    byTier: number,
    byRoute: number,
    { blocked, open, isUnknown }: { blocked: boolean; open: boolean; isUnknown: boolean },
  ): Outcome => {
    const { tier } = handlingOf(byTier);
    const asked = handlingOf(byRoute).route;
    const heldBack = open && runsBeforeReview(asked);
    const route = heldBack ? "batch_review" : asked;
    return {
      tier,
      route: tier === "prohibited" ? null : route,
      rule: byTier < 0 ? null : byTier,
      blocked,
      automatic: !blocked && tier !== "prohibited" && runsBeforeReview(route),
      unknown: isUnknown || heldBack,
    };
  };
  const never: Outcome = {
    tier: "prohibited",
    route: null,
    rule: null,
    blocked: false,
    automatic: false,
    unknown: false,
  };

  return (values) => {
    let blocked = false;
    let open = false;
    for (const test of blocks) {
      const verdict = test(values);
      if (verdict === true) blocked = true;
      else if (verdict === null) open = true;
    }
    if (prohibited) return blocked ? { ...never, blocked } : never;
    let unknown: number[] | null = null;
    let definite = -1;
    for (let index = 0; index < tests.length; index++) {
      const verdict = tests[index]!(values);
      if (verdict === true) {
        definite = index;
        break;
      }
      if (verdict === null) {
        unknown ??= [];
        unknown.push(index);
      }
    }
    if (!unknown) return outcomeOf(definite, definite, { blocked, open, isUnknown: false });
    const candidates = [...unknown, definite];
    const byTier = strictest(candidates, (a, b) => compareScrutiny(handlingOf(a), handlingOf(b)));
    const byRoute =
      handlingOf(byTier).tier === "prohibited"
        ? byTier
        : strictest(candidates, (a, b) => compareByRoute(handlingOf(a), handlingOf(b)));
    return outcomeOf(byTier, byRoute, { blocked, open, isUnknown: true });
  };
}

/** The strictest of the candidates; of equals the last, as `evaluate` chooses. */
const strictest = (candidates: readonly number[], compare: (a: number, b: number) => number): number =>
  candidates.reduce((best, candidate) => (compare(candidate, best) >= 0 ? candidate : best));

const compareByRoute = (a: Handling, b: Handling): number =>
  routeRank(a.route) - routeRank(b.route) || compareScrutiny(a, b);

function quickTest(condition: Condition, columnOf: (fact: string) => number): QuickTest {
  if (condition.kind === "fact") {
    const column = columnOf(condition.fact);
    if (column < 0) return () => null;
    const holds = OPERATORS[condition.operator].compile(condition.expected as never);
    return (values) => {
      const actual = values[column];
      return actual === null || actual === undefined ? null : holds(actual);
    };
  }
  if (condition.kind === "not") {
    const test = quickTest(condition.part, columnOf);
    return (values) => {
      const verdict = test(values);
      return verdict === null ? null : !verdict;
    };
  }
  const tests = condition.parts.map((part) => quickTest(part, columnOf));
  // One part that is `settling` settles the whole; failing that, one unknown part leaves it unknown.
  const settling = condition.kind === "any";
  return (values) => {
    let result: Verdict = !settling;
    for (const test of tests) {
      const verdict = test(values);
      if (verdict === settling) return settling;
      if (verdict === null) result = null;
    }
    return result;
  };
}
