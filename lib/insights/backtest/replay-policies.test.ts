import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OUTCOMES, type PastCase, type PastOutcome } from "./past-case";
import { replayPolicies } from "./replay-policies";
import { testCases, testPolicy } from "./test-cases";
import { upperBound } from "./upper-bound";

const medium = { tier: "medium", route: "batch_review" };
const high = { tier: "high", route: "named_approver", approver_rule: "boss" };
const baseline = testPolicy({
  tiers: [{ ...medium, when: { amount_lte: 500 } }, high],
  hard_blocks: ["fraud"],
});
const upTo = (limit: number) =>
  testPolicy({
    tiers: [
      { tier: "low", when: { amount_lte: limit }, route: "auto_execute" },
      { ...medium, when: { amount_lte: 500 } },
      high,
    ],
    hard_blocks: ["fraud"],
  });
const candidate = upTo(100);
const replay = (
  cases: (Partial<PastCase> & { amount?: number; fraud?: boolean })[],
  options?: Parameters<typeof replayPolicies>[3],
) =>
  replayPolicies(
    testCases(
      [candidate, baseline],
      cases.map(({ amount, fraud = false, ...rest }) => ({ facts: { amount, fraud }, ...rest })),
    ),
    baseline,
    candidate,
    options,
  );

describe("a backtest", () => {
  it("says what would have run by itself, and what people had made of it", () => {
    const outcomes: (PastOutcome | null)[] = [...OUTCOMES, "approved", null];
    const { added, moves, unmoved, automatic, offences, looser } = replay([
      ...outcomes.map((outcome) => ({ amount: 80, outcome })),
      { amount: 300, outcome: "rejected" as const },
      { amount: 900, outcome: "approved" as const },
    ]);
    expect(added).toEqual({
      drafts: 8,
      decided: 7,
      wrong: 4,
      outcomes: { approved: 2, edited: 1, rejected: 1, changes_requested: 1, upheld: 1, overturned: 1 },
      bound: upperBound(4, 7),
    });
    expect(moves).toEqual([
      {
        from: { tier: "medium", route: "batch_review" },
        to: { tier: "low", route: "auto_execute" },
        drafts: 8,
      },
    ]);
    expect({ unmoved, looser, automatic }).toEqual({
      unmoved: 2,
      looser: 8,
      automatic: { before: 0, after: 8 },
    });
    expect(offences.map(({ outcome, amount }) => [outcome, amount])).toEqual([
      ["overturned", 80],
      ["changes_requested", 80],
      ["rejected", 80],
      ["edited", 80],
    ]);
  });

  it("leaves with people what is forbidden, and what it does not know enough of", () => {
    const result = replay([
      { amount: 50, outcome: "approved" },
      { amount: 50, fraud: true, outcome: "approved" },
      { outcome: "approved" },
    ]);
    expect(result.added.drafts).toBe(1);
    expect(result.unknown).toBe(1);
    expect(result.automatic.after).toBe(1);
  });

  it("keeps imported decisions apart until they are asked for", () => {
    const cases = [
      { amount: 50, outcome: "approved" as const },
      { amount: 60, outcome: "rejected" as const, imported: true },
    ];
    expect(replay(cases)).toMatchObject({
      added: { decided: 1, wrong: 0 },
      imported: { decided: 1, wrong: 1 },
      offences: [],
    });
    expect(replay(cases, { includeImported: true })).toMatchObject({
      added: { decided: 2, wrong: 1 },
      imported: { decided: 1, wrong: 1 },
      offences: [{ imported: true }],
    });
  });

  it("measures the minutes people gave, by the median where nobody measured", () => {
    const { attention } = replay([
      { amount: 50, outcome: "approved", seconds: 30 },
      { amount: 60, outcome: "approved", seconds: null },
      { amount: 70, outcome: "upheld", seconds: 600 },
      { amount: 400, outcome: "approved", seconds: 90 },
    ]);
    expect(attention).toEqual({ minutes: (30 + 90) / 60, measured: 1, estimated: 1, medianSeconds: 90 });
    expect(replay([{ amount: 50, outcome: "approved" }]).attention).toBeNull();
  });

  it("tells amounts, agents and facts apart, each with its own bound", () => {
    const { slices } = replay(
      [
        { amount: 20, outcome: "approved" },
        { amount: 80, outcome: "rejected", agentId: "agt_2" },
        { amount: 90, outcome: "approved", agentId: "agt_2" },
      ],
      { agentNames: new Map([["agt_1", "Shop"]]) },
    );
    expect(slices.map(({ by, value, evidence }) => [by, value, evidence.decided, evidence.wrong])).toEqual([
      ["amount", "over 10 to 25", 1, 0],
      ["amount", "over 50 to 100", 2, 1],
      ["agent", "agt_2", 2, 1],
      ["agent", "Shop", 1, 0],
    ]);
    expect(slices[1]!.evidence.bound).toBe(upperBound(1, 2));
  });
});

const someCases = fc.array(
  fc.record({
    amount: fc.option(fc.integer({ min: 1, max: 1000 }), { nil: undefined }),
    fraud: fc.boolean(),
    outcome: fc.option(fc.constantFrom(...OUTCOMES)),
    imported: fc.boolean(),
    seconds: fc.option(fc.integer({ min: 1, max: 100 })),
  }),
  { maxLength: 80 },
);

describe("a backtest of anything", () => {
  it("moves nothing when nothing changed", () => {
    fc.assert(
      fc.property(someCases, (cases) => {
        const past = testCases(
          [candidate],
          cases.map(({ amount, fraud, ...rest }) => ({ facts: { amount, fraud }, ...rest })),
        );
        const result = replayPolicies(past, candidate, candidate);
        expect(result).toMatchObject({
          unmoved: cases.length,
          moves: [],
          looser: 0,
          stricter: 0,
          offences: [],
        });
        expect(result.added).toMatchObject({ drafts: 0, decided: 0, wrong: 0 });
        expect(result.automatic.before).toBe(result.automatic.after);
      }),
    );
  });

  it("lets more run the looser it is, and every draft goes somewhere", () => {
    fc.assert(
      fc.property(
        someCases,
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 0, max: 500 }),
        (cases, a, b) => {
          const [tight, loose] = [upTo(Math.min(a, b)), upTo(Math.max(a, b))];
          const past = testCases(
            [tight],
            cases.map(({ amount, fraud, ...rest }) => ({ facts: { amount, fraud }, ...rest })),
          );
          const one = replayPolicies(past, baseline, tight);
          const two = replayPolicies(past, baseline, loose);
          expect(two.automatic.after).toBeGreaterThanOrEqual(one.automatic.after);
          expect(two.added.wrong).toBeGreaterThanOrEqual(one.added.wrong);
          for (const { drafts, unmoved, moves } of [one, two]) {
            expect(unmoved + moves.reduce((sum, move) => sum + move.drafts, 0)).toBe(drafts);
          }
        },
      ),
    );
  });
});
