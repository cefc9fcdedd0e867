import { factWords } from "@/lib/policy/explain";
import { bandOf } from "./bands";
import { type Evidence, Tally } from "./evidence";
import type { PastCase } from "./past-case";

/** The evidence about a part of the drafts. */
export interface Slice {
  /** What they are told apart by: "amount", "agent", "subject", or a fact. */
  by: string;
  value: string;
  evidence: Evidence;
}

/** A fact with more different values than this is not told apart by value. */
const MOST_VALUES = 12;
/** Of one kind, the largest. */
const MOST_SLICES = 20;

interface Part {
  order: number;
  value: string;
}

/**
 * The cases told apart by amount band, agent, kind of subject, and the facts at `facts`: numbers by bands, anything else by
 * value where there are few. What cannot be told apart (one value for all) is left out.
 */
export function sliceCases(
  cases: readonly PastCase[],
  {
    amountAt,
    facts,
    agentNames,
  }: {
    /** The column of the amount; −1 without one. */
    amountAt: number;
    facts: readonly { name: string; at: number }[];
    agentNames: ReadonlyMap<string, string>;
  },
): Slice[] {
  const kinds: { by: string; partOf: (each: PastCase) => Part | null }[] = [
    ...(amountAt < 0
      ? []
      : [{ by: "amount", partOf: (each: PastCase) => partOfNumber(each.values[amountAt]) }]),
    { by: "agent", partOf: ({ agentId }) => ({ order: 0, value: agentNames.get(agentId) ?? agentId }) },
    { by: "subject", partOf: ({ subjectType }) => ({ order: 0, value: subjectType }) },
    ...facts
      .filter(({ at }) => at >= 0 && at !== amountAt)
      .map(({ name, at }) => ({
        by: factWords(name),
        partOf: (each: PastCase) => partOfFact(each.values[at]),
      })),
  ];
  return kinds.flatMap(({ by, partOf }) => slicesBy(by, cases, partOf));
}

function slicesBy(by: string, cases: readonly PastCase[], partOf: (each: PastCase) => Part | null): Slice[] {
  const tallies = new Map<string, { part: Part; tally: Tally }>();
  for (const each of cases) {
    const part = partOf(each) ?? { order: Number.POSITIVE_INFINITY, value: "unknown" };
    let entry = tallies.get(part.value);
    if (!entry) {
      entry = { part, tally: new Tally() };
      tallies.set(part.value, entry);
    }
    entry.tally.add(each);
  }
  if (tallies.size < 2) return [];
  const isByFact = !["amount", "agent", "subject"].includes(by);
  const isBanded = [...tallies.values()].some(({ part }) => part.order > 0 && Number.isFinite(part.order));
  if (isByFact && !isBanded && tallies.size > MOST_VALUES) return [];
  return [...tallies.values()]
    .map(({ part, tally }) => ({ by, value: part.value, order: part.order, evidence: tally.total() }))
    .sort((a, b) => b.evidence.drafts - a.evidence.drafts)
    .slice(0, MOST_SLICES)
    .sort((a, b) => a.order - b.order || b.evidence.drafts - a.evidence.drafts)
    .map(({ order: _, ...slice }) => slice);
}

const partOfNumber = (value: unknown): Part | null => {
  if (typeof value !== "number") return null;
  const { order, name } = bandOf(value);
  // Bands begin at 1, so that they are told from values.
  return { order: order + 1, value: name };
};

function partOfFact(value: unknown): Part | null {
  if (typeof value === "number") return partOfNumber(value);
  if (typeof value === "boolean") return { order: 0, value: value ? "yes" : "no" };
  return typeof value === "string" ? { order: 0, value } : null;
}
