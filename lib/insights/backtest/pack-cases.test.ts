import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packCases, unpackCases } from "./pack-cases";
import { OUTCOMES, type PastCase } from "./past-case";

const json = fc.jsonValue({ maxDepth: 1 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
/** Few different ones in some columns, all kinds in others. */
const value = fc.oneof(
  fc.boolean(),
  fc.constantFrom("x", "y", null),
  fc.integer().map((whole) => whole / 100),
  json,
);
const COLUMNS = 3;
const cases = fc
  .array(
    fc.record({
      at: fc.nat(),
      agentId: fc.constantFrom("agt_1", "agt_2"),
      subjectType: fc.string(),
      outcome: fc.constantFrom(...OUTCOMES, null),
      seconds: fc.option(fc.nat()),
      values: fc.array(value, { minLength: COLUMNS, maxLength: COLUMNS }),
    }),
    { maxLength: 200 },
  )
  .map((list): PastCase[] => list.map((each, index) => ({ id: `drf_${index}`, imported: false, ...each })));

describe("packed cases", () => {
  it("come out as they went in, whatever is known of them", () => {
    fc.assert(
      fc.property(cases, (given) => {
        const lying = JSON.parse(JSON.stringify(packCases(given, COLUMNS)));
        expect(unpackCases(lying, [0, 1, 2])).toEqual(JSON.parse(JSON.stringify(given)));
      }),
    );
  });

  it("answer the columns that are asked for, in that order, and what they do not have as unknown", () => {
    fc.assert(
      fc.property(cases, (given) => {
        const packed = packCases(given, COLUMNS);
        expect(unpackCases(packed, [2, -1, 0]).map(({ values }) => values)).toEqual(
          given.map(({ values: [first, , third] }) => [third, null, first]),
        );
      }),
    );
  });
});
