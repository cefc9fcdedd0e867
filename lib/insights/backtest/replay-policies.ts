import type { Route, Tier } from "@/lib/policy/scrutiny";
import { routeRank, tierRank } from "@/lib/policy/scrutiny";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { amountSource } from "./columns";
import { type Evidence, Tally } from "./evidence";
import { type Attention, measureAttention } from "./measure-attention";
import { columnOf, isWrong, type PastCase, type PastCases, type PastOutcome } from "./past-case";
import { type Outcome, quickPolicy } from "./quick-policy";
import { type Slice, sliceCases } from "./slice-cases";

/** Where a draft goes: `blocked` is forbidden by a hard block, `prohibited` altogether. */
export interface Place {
  tier: Tier;
  route: Route | "blocked" | "prohibited";
}

export interface Move {
  from: Place;
  to: Place;
  drafts: number;
}

/** A draft that people stopped or changed, and that would have run by itself. */
export interface Offence {
  id: string;
  at: number;
  agentId: string;
  outcome: PastOutcome;
  amount: number | null;
  imported: boolean;
}

export interface Backtest {
  drafts: number;
  /** Drafts that go where they went, and the moves of the others, the most frequent first. */
  unmoved: number;
  moves: Move[];
  /** Drafts that less or more scrutiny would come to than now. */
  looser: number;
  stricter: number;
  /** Would have run by itself under either policy. */
  automatic: { before: number; after: number };
  /** What would run by itself, and does not now: what the change lets through. */
  added: Evidence;
  /** All that would run by itself, changed or not. */
  all: Evidence;
  /** Of what the change lets through, decisions that were imported; counted above only on request. */
  imported: Evidence;
  /** Drafts of which the candidate needs what nobody knows: they stay with people. */
  unknown: number;
  slices: Slice[];
  attention: Attention | null;
  /** The newest of them; `added.wrong` says how many there are. */
  offences: Offence[];
}

export interface ReplayOptions {
  /** Counts imported decisions as evidence too. */
  includeImported?: boolean;
  agentNames?: ReadonlyMap<string, string>;
}

const MOST_OFFENCES = 200;

/**
 * Replays past drafts under two policies, with the facts of then, and says what would be different: pure, and the same for
 * the same cases. Only people's decisions are evidence; what nobody decided counts as a draft and says nothing.
 */
export function replayPolicies(
  past: PastCases,
  baseline: LoadedPolicy,
  candidate: LoadedPolicy,
  { includeImported = false, agentNames = new Map() }: ReplayOptions = {},
): Backtest {
  const byBaseline = outcomesBy(baseline, past);
  const byCandidate = outcomesBy(candidate, past);
  const pairs = new Pairs();
  const added: PastCase[] = [];
  const [addedTally, allTally, importedTally] = [new Tally(), new Tally(), new Tally()];

  for (const each of past.cases) {
    const before = byBaseline(each.values);
    const after = byCandidate(each.values);
    pairs.count(before, after);
    if (!after.automatic) continue;
    const isEvidence = includeImported || !each.imported;
    if (isEvidence) allTally.add(each);
    if (before.automatic) continue;
    if (each.imported) importedTally.add(each);
    if (!isEvidence) continue;
    addedTally.add(each);
    added.push(each);
  }
  const counts = pairs.total();

  const amount = amountSource(candidate);
  const amountAt = amount ? columnOf(past.columns, amount, candidate) : -1;
  const facts = Object.entries(candidate.factSources)
    .filter(([name]) => candidate.policy.factNames.includes(name))
    .map(([name, source]) => ({ name, at: columnOf(past.columns, source, candidate) }));
  return {
    drafts: past.cases.length,
    ...counts,
    added: addedTally.total(),
    all: allTally.total(),
    imported: importedTally.total(),
    slices: sliceCases(added, { amountAt, facts, agentNames }),
    attention: measureAttention(added, past.cases),
    offences: added
      .filter(({ outcome }) => outcome !== null && isWrong(outcome))
      .sort((a, b) => b.at - a.at)
      .slice(0, MOST_OFFENCES)
      .map(({ id, at, agentId, outcome, imported, values }) => ({
        id,
        at,
        agentId,
        outcome: outcome!,
        imported,
        amount: typeof values[amountAt] === "number" ? values[amountAt] : null,
      })),
  };
}

/** The policy's outcome for the values of a case. */
export const outcomesBy = (loaded: LoadedPolicy, { columns }: Pick<PastCases, "columns">) =>
  quickPolicy(loaded.policy, (fact) => {
    const source = loaded.factSources[fact];
    return source ? columnOf(columns, source, loaded) : -1;
  });

const placeOf = ({ tier, route, blocked }: Outcome): Place => ({
  tier,
  route: blocked ? "blocked" : (route ?? "prohibited"),
});

const isSamePlace = (one: Outcome, two: Outcome): boolean =>
  one === two || (one.tier === two.tier && one.route === two.route && one.blocked === two.blocked);

/** Counts pairs of outcomes, which are the same objects for the same answer: there are few, whatever the cases. */
class Pairs {
  private readonly pairs: { before: Outcome; after: Outcome; drafts: number }[] = [];

  count(before: Outcome, after: Outcome): void {
    for (let index = 0; index < this.pairs.length; index++) {
      const pair = this.pairs[index]!;
      if (pair.before !== before || pair.after !== after) continue;
      pair.drafts++;
      return;
    }
    this.pairs.push({ before, after, drafts: 1 });
  }

  total(): Pick<Backtest, "unmoved" | "moves" | "looser" | "stricter" | "automatic" | "unknown"> {
    const moves = new Map<string, Move>();
    const sum = { unmoved: 0, looser: 0, stricter: 0, unknown: 0, automatic: { before: 0, after: 0 } };
    for (const { before, after, drafts } of this.pairs) {
      if (after.unknown) sum.unknown += drafts;
      if (before.automatic) sum.automatic.before += drafts;
      if (after.automatic) sum.automatic.after += drafts;
      const change = compareScrutiny(before, after);
      if (change > 0) sum.looser += drafts;
      else if (change < 0) sum.stricter += drafts;
      if (isSamePlace(before, after)) {
        sum.unmoved += drafts;
        continue;
      }
      const [from, to] = [placeOf(before), placeOf(after)];
      const key = `${from.tier} ${from.route} ${to.tier} ${to.route}`;
      const move = moves.get(key) ?? { from, to, drafts: 0 };
      moves.set(key, { ...move, drafts: move.drafts + drafts });
    }
    return { ...sum, moves: [...moves.values()].sort((a, b) => b.drafts - a.drafts) };
  }
}

/** Above 0 where the second is less scrutiny: by what forbids it, then by route, then by tier. */
function compareScrutiny(one: Outcome, two: Outcome): number {
  return scrutinyOf(one) - scrutinyOf(two);
}

const FORBIDDEN = 100;
function scrutinyOf({ tier, route, blocked }: Outcome): number {
  if (blocked || route === null) return FORBIDDEN;
  return routeRank(route) * 4 + tierRank(tier);
}
