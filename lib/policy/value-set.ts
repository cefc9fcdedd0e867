import type { OperatorName, Scalar } from "./operators";

/** Numbers from one end to another; an open end is not among them. */
interface Interval {
  from: number;
  fromOpen: boolean;
  to: number;
  toOpen: boolean;
}

/** A set of values that a fact may have: numbers, texts and true or false, each by themselves. */
export interface ValueSet {
  /** Ascending and apart. */
  numbers: readonly Interval[];
  /** Only `members`, or every text but `members`. */
  texts: { only: boolean; members: ReadonlySet<string> };
  booleans: ReadonlySet<boolean>;
}

type Kind = "number" | "string" | "boolean";

const LINE: Interval = { from: -Infinity, fromOpen: true, to: Infinity, toOpen: true };
const NOTHING: ValueSet = { numbers: [], texts: { only: true, members: new Set() }, booleans: new Set() };

export const ANYTHING: ValueSet = {
  numbers: [LINE],
  texts: { only: false, members: new Set() },
  booleans: new Set([true, false]),
};

/** Every value of these types. */
export const valuesOfTypes = (kinds: readonly Kind[]): ValueSet => ({
  numbers: kinds.includes("number") ? ANYTHING.numbers : NOTHING.numbers,
  texts: kinds.includes("string") ? ANYTHING.texts : NOTHING.texts,
  booleans: kinds.includes("boolean") ? ANYTHING.booleans : NOTHING.booleans,
});

/** Exactly these values. */
export function valuesOf(values: readonly Scalar[]): ValueSet {
  const numbers = [...new Set(values.filter((value) => typeof value === "number"))].sort((a, b) => a - b);
  return {
    numbers: numbers.map((value) => ({ from: value, fromOpen: false, to: value, toOpen: false })),
    texts: { only: true, members: new Set(values.filter((value) => typeof value === "string")) },
    booleans: new Set(values.filter((value) => typeof value === "boolean")),
  };
}

/** Numbers within bounds; a missing bound is none. */
export const numbersWithin = (bounds: {
  atLeast?: number;
  over?: number;
  atMost?: number;
  under?: number;
}): ValueSet => {
  const { atLeast = -Infinity, over = -Infinity, atMost = Infinity, under = Infinity } = bounds;
  return {
    ...NOTHING,
    numbers: meet(
      [{ from: atLeast, fromOpen: atLeast === -Infinity, to: atMost, toOpen: atMost === Infinity }],
      [{ from: over, fromOpen: true, to: under, toOpen: true }],
    ),
  };
};

/** The values for which a comparison holds, as the operators of `operators.ts` judge. */
export function valuesWhere(operator: OperatorName, expected: Scalar | Scalar[]): ValueSet {
  const listed = Array.isArray(expected) ? expected : [expected];
  const number = expected as number;
  switch (operator) {
    case "lte":
      return numbersWithin({ atMost: number });
    case "lt":
      return numbersWithin({ under: number });
    case "gte":
      return numbersWithin({ atLeast: number });
    case "gt":
      return numbersWithin({ over: number });
    case "eq":
    case "in":
      return valuesOf(listed);
    case "ne":
    case "not_in":
      return intersect(complement(valuesOf(listed)), valuesOfTypes(kindsOf(listed)));
  }
}

/** The values for which a comparison definitely fails: those of the right type that do not hold. */
export function valuesFailing(operator: OperatorName, expected: Scalar | Scalar[]): ValueSet {
  const kinds = kindsOf(Array.isArray(expected) ? expected : [expected]);
  return intersect(complement(valuesWhere(operator, expected)), valuesOfTypes(kinds));
}

const kindsOf = (values: readonly Scalar[]): Kind[] => values.map((value) => typeof value as Kind);

export function intersect(a: ValueSet, b: ValueSet): ValueSet {
  return {
    numbers: meet(a.numbers, b.numbers),
    texts: meetTexts(a.texts, b.texts),
    booleans: new Set([...a.booleans].filter((value) => b.booleans.has(value))),
  };
}

export function complement({ numbers, texts, booleans }: ValueSet): ValueSet {
  return {
    numbers: gapsBetween(numbers),
    texts: { only: !texts.only, members: texts.members },
    booleans: new Set([true, false].filter((value) => !booleans.has(value))),
  };
}

export const isEmpty = ({ numbers, texts, booleans }: ValueSet): boolean =>
  numbers.length === 0 && texts.only && texts.members.size === 0 && booleans.size === 0;

/** One value of the set, a plain one where there is one; null when there is none. */
export function exampleOf({ numbers, texts, booleans }: ValueSet): Scalar | null {
  const plainest = numbers.find(({ to }) => to > 0) ?? numbers[0];
  if (plainest) return numberIn(plainest);
  for (const value of booleans) return value;
  if (!texts.only)
    return ["other", "another", "something else"].find((text) => !texts.members.has(text)) ?? "…";
  for (const value of texts.members) return value;
  return null;
}

function numberIn({ from, fromOpen, to, toOpen }: Interval): number {
  if (!fromOpen) return from;
  if (from === -Infinity) return to === Infinity ? 1 : toOpen ? Math.ceil(to) - 1 : to;
  const next = Math.floor(from) + 1;
  if (next < to || (next === to && !toOpen)) return next;
  return toOpen ? (from + to) / 2 : to;
}

function meet(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const common = a.flatMap((one) =>
    b.map((two): Interval => {
      const from = Math.max(one.from, two.from);
      const to = Math.min(one.to, two.to);
      return {
        from,
        fromOpen: (one.from === from && one.fromOpen) || (two.from === from && two.fromOpen),
        to,
        toOpen: (one.to === to && one.toOpen) || (two.to === to && two.toOpen),
      };
    }),
  );
  return common
    .filter(({ from, fromOpen, to, toOpen }) => from < to || (from === to && !fromOpen && !toOpen))
    .sort((one, two) => one.from - two.from);
}

function gapsBetween(intervals: readonly Interval[]): Interval[] {
  const gaps: Interval[] = [];
  let { from, fromOpen } = LINE;
  for (const interval of intervals) {
    gaps.push({ from, fromOpen, to: interval.from, toOpen: !interval.fromOpen });
    from = interval.to;
    fromOpen = !interval.toOpen;
  }
  gaps.push({ from, fromOpen, to: LINE.to, toOpen: LINE.toOpen });
  return meet(gaps, [LINE]);
}

function meetTexts(a: ValueSet["texts"], b: ValueSet["texts"]): ValueSet["texts"] {
  if (!a.only && !b.only) return { only: false, members: new Set([...a.members, ...b.members]) };
  const [some, other] = a.only ? [a, b] : [b, a];
  return {
    only: true,
    members: new Set([...some.members].filter((text) => other.members.has(text) === other.only)),
  };
}
