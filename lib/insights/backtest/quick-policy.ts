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

const BLOCKED = 1;
const OPEN = 2;
const UNKNOWN = 4;

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
  const outcomes: (Outcome | undefined)[] = [];
  const { rules, fallback, prohibited } = policy;

  /** The one outcome for these; `flags` are blocked, open and unknown as bits. */
  const outcomeOf = (byTier: number, byRoute: number, flags: number): Outcome => {
    const key = ((byTier + 1) * (rules.length + 1) + byRoute + 1) * 8 + flags;
    const known = outcomes[key];
    if (known) return known;
    const made = makeOutcome(byTier, byRoute, flags);
    outcomes[key] = made;
    return made;
  };
  const handlingOf = (index: number): Handling => rules[index] ?? fallback;
  const makeOutcome = (byTier: number, byRoute: number, flags: number): Outcome => {
    const blocked = (flags & BLOCKED) > 0;
    const { tier } = handlingOf(byTier);
    const asked = handlingOf(byRoute).route;
    const heldBack = (flags & OPEN) > 0 && runsBeforeReview(asked);
    const route = heldBack ? "batch_review" : asked;
    return {
      tier,
      route: tier === "prohibited" ? null : route,
      rule: byTier < 0 ? null : byTier,
      blocked,
      automatic: !blocked && tier !== "prohibited" && runsBeforeReview(route),
      unknown: (flags & UNKNOWN) > 0 || heldBack,
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

  const neverBlocked = { ...never, blocked: true };

  return (values) => {
    let flags = 0;
    for (let index = 0; index < blocks.length; index++) {
      const verdict = blocks[index]!(values);
      if (verdict !== false) flags |= verdict === true ? BLOCKED : OPEN;
    }
    if (prohibited) return flags & BLOCKED ? neverBlocked : never;
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
    if (!unknown) return outcomeOf(definite, definite, flags);
    const candidates = [...unknown, definite];
    const byTier = strictest(candidates, (a, b) => compareScrutiny(handlingOf(a), handlingOf(b)));
    const byRoute =
      handlingOf(byTier).tier === "prohibited"
        ? byTier
        : strictest(candidates, (a, b) => compareByRoute(handlingOf(a), handlingOf(b)));
    return outcomeOf(byTier, byRoute, flags | UNKNOWN);
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
    for (let index = 0; index < tests.length; index++) {
      const verdict = tests[index]!(values);
      if (verdict === settling) return settling;
      if (verdict === null) result = null;
    }
    return result;
  };
}
