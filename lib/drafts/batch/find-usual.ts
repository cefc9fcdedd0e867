/** What most of some values are, and which ones stand out against that. */
export interface Usual<Value> {
  value: Value;
  /** How many have it. */
  count: number;
  standsOut: (value: Value) => boolean;
}

/** A value that so few have stands out … */
const FEW = { share: 0.2, count: 2 };
/** … where so many share another. */
const MOST = 0.7;

/** The value that most share, compared as JSON; null when there is none. Among fewer than five nothing stands out. */
export function findUsual<Value>(values: readonly Value[]): Usual<Value> | null {
  const counts = new Map<string, { value: Value; count: number }>();
  for (const value of values) {
    const key = keyOf(value);
    const known = counts.get(key);
    counts.set(key, { value: known ? known.value : value, count: (known?.count ?? 0) + 1 });
  }
  const all = values.length;
  const usual = [...counts.values()].find(({ count }) => count >= MOST * all);
  if (!usual) return null;
  return {
    ...usual,
    standsOut: (value) => {
      const count = counts.get(keyOf(value))?.count ?? 0;
      return count < usual.count && count <= FEW.count && count <= FEW.share * all;
    },
  };
}

const keyOf = (value: unknown): string => JSON.stringify(value ?? null);
