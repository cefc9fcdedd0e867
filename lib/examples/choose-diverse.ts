import type { Outcome } from "@/lib/drafts/types";

/** What the choice looks at; `relevance` is from 0 to 1, the vectors are of length 1. */
export interface Choosable {
  id: string;
  outcome: Outcome;
  relevance: number;
  vector: Float32Array | null;
  /** Two that say the same have the same. */
  content: string;
}

/** How much nearness counts against being unlike what is chosen already (Carbonell and Goldstein, 1998). */
const RELEVANCE_WEIGHT = 0.6;
/** Vectors this near are two copies of one case. */
const COPY = 0.985;
/** A rejection or an edit belongs in when it is at least this near, compared to the nearest of all. */
const NEAR_ENOUGH = 0.6;

/**
 * Chooses examples for a prompt by maximal marginal relevance, best first: near to what is asked, unlike each other, no two
 * copies of one case with one outcome. From two on, the nearest that was refused is among them if it is near enough; from
 * three on, the nearest that a person edited.
 */
export function chooseDiverse<Item extends Choosable>(candidates: readonly Item[], limit: number): Item[] {
  const left = [...candidates].sort(
    (one, other) => other.relevance - one.relevance || (one.id < other.id ? -1 : 1),
  );
  const nearest = left[0]?.relevance ?? 0;
  const isNear = ({ relevance }: Item) => relevance >= nearest * NEAR_ENOUGH;
  const wanted = [
    ...(limit >= 2 ? [left.find((item) => isRefused(item) && isNear(item))] : []),
    ...(limit >= 3 ? [left.find((item) => item.outcome === "edited" && isNear(item))] : []),
  ].filter((item) => item !== undefined);

  const chosen: Item[] = [];
  const closeness = new Map<Item, number>();
  const take = (item: Item) => {
    chosen.push(item);
    left.splice(left.indexOf(item), 1);
    for (const other of left) {
      closeness.set(other, Math.max(closeness.get(other) ?? 0, similarity(item, other)));
    }
  };
  while (chosen.length < limit) {
    const free = left.filter((item) => !chosen.some((taken) => isCopy(taken, item)));
    const missing = wanted.filter((item) => free.includes(item));
    const pool = missing.length >= limit - chosen.length ? missing : free;
    const best = pool.reduce<Item | null>(
      (best, item) => (best && marginal(best, closeness) >= marginal(item, closeness) ? best : item),
      null,
    );
    if (!best) break;
    take(best);
  }
  return chosen;
}

const isRefused = ({ outcome }: Choosable) => outcome === "rejected" || outcome === "changes_requested";

const marginal = <Item extends Choosable>(item: Item, closeness: ReadonlyMap<Item, number>): number =>
  RELEVANCE_WEIGHT * item.relevance - (1 - RELEVANCE_WEIGHT) * (closeness.get(item) ?? 0);

const isCopy = (one: Choosable, other: Choosable): boolean =>
  one.outcome === other.outcome && (one.content === other.content || similarity(one, other) >= COPY);

function similarity({ vector: one }: Choosable, { vector: other }: Choosable): number {
  if (!one || !other || one.length !== other.length) return 0;
  let dot = 0;
  for (let index = 0; index < one.length; index++) dot += (one[index] as number) * (other[index] as number);
  return dot;
}
