import { type Alternative, alternativesOf, valuesByFact } from "./alternatives";
import type { CompiledPolicy } from "./compile-policy";
import type { Condition } from "./condition";
import { ANYTHING, complement, exampleOf, intersect, isEmpty, type ValueSet } from "./value-set";

/** What is known of the values a fact may have at all; anything for one that is not here. */
export type Domains = Readonly<Record<string, ValueSet>>;

/** A rule that no facts can make the first that holds. */
export interface Unreachable {
  index: number;
  /** Its conditions contradict each other or what the facts may be; or this earlier rule covers it; or several do. */
  because: "contradiction" | { coveredBy: number } | "covered";
}

/** How many steps a search may take before nothing is claimed. */
const MAX_STEPS = 20_000;

/**
 * The rules that can never be the first to hold, whatever the facts and whichever of them are unknown. Only what is
 * certain: a rule that is too involved to be judged is left out.
 */
export function findUnreachableRules({ rules }: CompiledPolicy, domains: Domains = {}): Unreachable[] {
  const conditions = rules.map(({ condition }) => condition);
  return conditions.flatMap((condition, index): Unreachable[] => {
    const earlier = conditions.slice(0, index);
    if (canHold(condition, earlier, domains)) return [];
    if (!canHold(condition, [], domains)) return [{ index, because: "contradiction" }];
    const one = earlier.findIndex((other) => !canHold(condition, [other], domains));
    return [{ index, because: one < 0 ? "covered" : { coveredBy: one } }];
  });
}

/** Whether some facts make `condition` hold and none of `others`; true also when that is too involved to tell. */
function canHold(condition: Condition, others: readonly Condition[], domains: Domains): boolean {
  const ways = alternativesOf(condition);
  const against = others.map((other) => alternativesOf(other));
  if (!ways || against.includes(null)) return true;
  return ways.some((way) => {
    const known = restrict(valuesByFact(way), domains);
    // A fact that this way does not need may be unknown, and then nothing that needs it holds.
    const clauses = against
      .flatMap((alternatives) => alternatives!)
      .filter((alternative) => alternative.every(({ fact }) => known.has(fact)))
      .map((alternative) =>
        [...valuesByFact(alternative)].map(([fact, values]) => ({ fact, values: complement(values) })),
      );
    return search(known, clauses) !== "none";
  });
}

/**
 * Facts, all of them known, for which no rule holds and no hard block either, so that the default decides; null when
 * there are none or it cannot be told. Facts that do not matter are left out.
 */
export function findGap(
  { rules, hardBlocks }: CompiledPolicy,
  domains: Domains = {},
): Record<string, unknown> | null {
  const failures = [...rules, ...hardBlocks].map(({ condition }) => alternativesOf(condition, false));
  if (failures.includes(null)) return null;
  // One way to fail may settle several facts at once: each is a choice of its own.
  const choices = failures.map((ways) =>
    ways!.map((way) => [...valuesByFact(way)].map(([fact, values]) => ({ fact, values }))),
  );
  const found = searchWays(new Map(), choices, domains);
  return found && Object.fromEntries([...found].map(([fact, values]) => [fact, exampleOf(values)]));
}

type Known = Map<string, ValueSet>;

function restrict(known: Known, domains: Domains): Known {
  return new Map([...known].map(([fact, values]) => [fact, intersect(values, domainOf(domains, fact))]));
}

const domainOf = (domains: Domains, fact: string): ValueSet =>
  Object.hasOwn(domains, fact) ? domains[fact]! : ANYTHING;

/** Whether the facts can be narrowed so that of every clause one holds. */
function search(known: Known, clauses: Alternative[]): "some" | "none" | "unclear" {
  if ([...known.values()].some(isEmpty)) return "none";
  const ways = clauses.map((clause) => clause.map((choice) => [choice]));
  const steps = { left: MAX_STEPS };
  if (narrow(known, ways, {}, steps)) return "some";
  return steps.left < 0 ? "unclear" : "none";
}

const searchWays = (known: Known, choices: Alternative[][], domains: Domains): Known | null =>
  narrow(known, choices, domains, { left: MAX_STEPS });

/** Takes one way of every choice, fewest ways first, such that all of them fit together. */
function narrow(
  known: Known,
  choices: readonly Alternative[][],
  domains: Domains,
  steps: { left: number },
): Known | null {
  if (--steps.left < 0) return null;
  const options = choices.map((ways) =>
    ways.flatMap((way) => {
      const next = new Map(known);
      for (const { fact, values } of way) {
        next.set(fact, intersect(next.get(fact) ?? domainOf(domains, fact), values));
      }
      return [...next.values()].some(isEmpty) ? [] : [next];
    }),
  );
  if (options.some((fitting) => fitting.length === 0)) return null;
  if (choices.length === 0) return known;
  const first = options.reduce(
    (best, fitting, index) => (fitting.length < options[best]!.length ? index : best),
    0,
  );
  const rest = choices.filter((_, index) => index !== first);
  for (const next of options[first]!) {
    const found = narrow(next, rest, domains, steps);
    if (found || steps.left < 0) return found;
  }
  return null;
}
