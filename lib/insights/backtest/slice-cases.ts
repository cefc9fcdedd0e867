import { factWords } from "@/lib/policy/explain";
import { type Band, bandOf } from "./bands";
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

/** Bands have an order from 1 on; values have none. */
type Part = Band;

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
  const slicers = [
    ...(amountAt < 0 ? [] : [new Slicer("amount", ({ values }) => bandIn(values[amountAt]))]),
    new Slicer(
      "agent",
      ({ agentId }) => agentId,
      (id) => agentNames.get(id) ?? id,
    ),
    new Slicer("subject", ({ subjectType }) => subjectType),
    ...facts
      .filter(({ at }) => at >= 0 && at !== amountAt)
      .map(({ name, at }) => new Slicer(factWords(name), ({ values }) => keyIn(values[at]), String, true)),
  ];
  // Case by case, not slice by slice: fetching a case from memory takes longer than judging it.
  for (const each of cases) for (const slicer of slicers) slicer.add(each);
  return slicers.flatMap((slicer) => slicer.slices());
}

const UNKNOWN: Part = { order: Number.POSITIVE_INFINITY, name: "unknown" };

/** One tally for each key; what a key is called is only made out once. */
class Slicer {
  private readonly tallies = new Map<unknown, { part: Part; tally: Tally }>();

  constructor(
    private readonly by: string,
    private readonly keyOf: (each: PastCase) => unknown,
    private readonly nameOf: (key: string) => string = String,
    private readonly isByFact = false,
  ) {}

  add(each: PastCase): void {
    const key = this.keyOf(each);
    let entry = this.tallies.get(key);
    if (!entry) {
      entry = { part: partOf(key, this.nameOf), tally: new Tally() };
      this.tallies.set(key, entry);
    }
    entry.tally.add(each);
  }

  slices(): Slice[] {
    const { by, tallies } = this;
    if (tallies.size < 2) return [];
    const isBanded = [...tallies.values()].some(({ part }) => part.order > 0 && Number.isFinite(part.order));
    if (this.isByFact && !isBanded && tallies.size > MOST_VALUES) return [];
    return [...tallies.values()]
      .map(({ part, tally }) => ({ by, value: part.name, order: part.order, evidence: tally.total() }))
      .sort((a, b) => b.evidence.drafts - a.evidence.drafts)
      .slice(0, MOST_SLICES)
      .sort((a, b) => a.order - b.order || b.evidence.drafts - a.evidence.drafts)
      .map(({ order: _, ...slice }) => slice);
  }
}

const bandIn = (value: unknown): Band | null => (typeof value === "number" ? bandOf(value) : null);

/** Numbers go by their band, texts and truth values by themselves. */
function keyIn(value: unknown): unknown {
  if (typeof value === "number") return bandOf(value);
  return typeof value === "string" || typeof value === "boolean" ? value : null;
}

function partOf(key: unknown, nameOf: (key: string) => string): Part {
  if (key === null) return UNKNOWN;
  if (typeof key === "object") return key as Band;
  if (typeof key === "boolean") return { order: 0, name: key ? "yes" : "no" };
  return { order: 0, name: nameOf(String(key)) };
}
