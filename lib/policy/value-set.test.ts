import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OPERATORS, type OperatorName, type Scalar } from "./operators";
import {
  ANYTHING,
  complement,
  exampleOf,
  intersect,
  isEmpty,
  numbersWithin,
  type ValueSet,
  valuesFailing,
  valuesOf,
  valuesWhere,
} from "./value-set";

const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(0.5, "x", "y", "z", true, false),
);
const comparison: fc.Arbitrary<[OperatorName, Scalar | Scalar[]]> = fc.oneof(
  fc.tuple(fc.constantFrom("lte", "lt", "gte", "gt"), fc.integer({ min: -3, max: 3 })),
  fc.tuple(fc.constantFrom("eq", "ne"), scalar),
  fc.tuple(fc.constantFrom("in", "not_in"), fc.array(scalar, { minLength: 1, maxLength: 3 })),
);
const setOf = (where: [OperatorName, Scalar | Scalar[]][]): ValueSet =>
  where.reduce((set, [operator, expected]) => intersect(set, valuesWhere(operator, expected)), ANYTHING);
const has = (set: ValueSet, value: Scalar) => !isEmpty(intersect(set, valuesOf([value])));
const judge = ([operator, expected]: [OperatorName, Scalar | Scalar[]], value: Scalar) =>
  OPERATORS[operator].compile(expected as never)(value);

describe("a set of values", () => {
  it("has exactly the values for which its comparisons hold", () => {
    fc.assert(
      fc.property(fc.array(comparison, { maxLength: 3 }), scalar, (where, value) => {
        expect(has(setOf(where), value)).toBe(where.every((one) => judge(one, value) === true));
      }),
      { numRuns: 2000 },
    );
  });

  it("of a comparison that fails has exactly the values that definitely fail it", () => {
    fc.assert(
      fc.property(comparison, scalar, (one, value) => {
        expect(has(valuesFailing(...one), value)).toBe(judge(one, value) === false);
      }),
      { numRuns: 2000 },
    );
  });

  it("and its complement share the values out between them", () => {
    fc.assert(
      fc.property(fc.array(comparison, { maxLength: 3 }), scalar, (where, value) => {
        const set = setOf(where);
        expect(has(complement(set), value)).toBe(!has(set, value));
        expect(isEmpty(intersect(set, complement(set)))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("names one of its values, unless it is empty", () => {
    fc.assert(
      fc.property(fc.array(comparison, { maxLength: 4 }), fc.boolean(), (where, turned) => {
        const set = turned ? complement(setOf(where)) : setOf(where);
        const example = exampleOf(set);
        expect(example === null).toBe(isEmpty(set));
        if (example !== null) expect(has(set, example)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    [numbersWithin({ over: 500 }), 501],
    [numbersWithin({ atLeast: 0.5, under: 1 }), 0.5],
    [numbersWithin({ over: 0, under: 1 }), 0.5],
    [numbersWithin({ under: 5 }), 4],
    [valuesOf([]), null],
    [ANYTHING, 1],
  ])("gives a plain example", (set, example) => expect(exampleOf(set)).toBe(example));
});
