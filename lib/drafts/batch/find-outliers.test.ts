import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Candidate, findOutliers } from "./find-outliers";
import { spreadOf } from "./measure-distance";

const draft = (id: string | number, changes: Partial<Candidate> = {}): Candidate => ({
  id: String(id),
  amount: 100,
  currency: "USD",
  subject: { type: "customer", id: `cus_${id}` },
  subjectIsNew: false,
  agentName: "shop",
  requestedBy: null,
  editedBy: null,
  facts: [{ column: "fact:months", name: "months", value: 12 }],
  factChanges: [],
  nearest: { outcome: "approved", reason: null },
  hidden: { passages: 0, mixedWords: [] },
  ...changes,
});
const nine = (changes: Partial<Candidate> = {}) => Array.from({ length: 9 }, (_, i) => draft(i, changes));
const sentencesOf = (last: Partial<Candidate>, others = nine()) =>
  findOutliers([...others, draft("odd", last)])
    .get("odd")!
    .map(({ sentence }) => sentence);

describe("what is put aside", () => {
  it("is an amount far from the others, said with figures", () => {
    const others = nine().map((each, i) => ({ ...each, amount: 96 + i }));
    expect(sentencesOf({ amount: 740 }, others)).toEqual([
      "$740.00 is 7.4 times the median of the 10 here, $100.50.",
    ]);
    expect(sentencesOf({ amount: 5 }, others)).toEqual([
      "$5.00 is far below the median of the 10 here, $99.50.",
    ]);
    expect(sentencesOf({ amount: 112 }, others)).toEqual([]);
  });

  it("is an amount unlike equal ones only when it is clearly so", () => {
    expect(sentencesOf({ amount: 149 })).toEqual([]);
    expect(sentencesOf({ amount: 151 })).toHaveLength(1);
  });

  it("is an amount far from what people approved lately, though all here are like it", () => {
    const before = new Map([["USD", spreadOf([10, 11, 12, 10, 11, 12, 9, 10, 11, 12])!]]);
    const found = findOutliers(nine(), before).get("0");
    expect(found).toEqual([
      {
        column: "amount",
        sentence: "$100.00 is 9.1 times the median of the 10 approved in the last 90 days, $11.00.",
      },
    ]);
    const few = new Map([["USD", spreadOf([10, 11, 12])!]]);
    expect(findOutliers(nine(), few).get("0")).toEqual([]);
  });

  it("never compares amounts of different currencies, but says which is the odd one", () => {
    expect(sentencesOf({ amount: 15_000, currency: "JPY" })).toEqual([
      "Its currency is JPY; 9 of the 10 here have USD.",
    ]);
  });

  it("is a new subject where the others are known, not where most are new", () => {
    expect(sentencesOf({ subjectIsNew: true })).toEqual([
      "A new subject: nothing was drafted about customer cus_odd before, but about 9 of the 10 here.",
    ]);
    expect(sentencesOf({ subjectIsNew: true }, nine({ subjectIsNew: true }))).toEqual([]);
    expect(sentencesOf({ subjectIsNew: false }, nine({ subjectIsNew: true }))).toEqual([]);
  });

  it("is a fact that few have where most have another, or that is unknown where it is known", () => {
    const facts = (value: unknown) => [{ column: "fact:months", name: "customer_months", value }];
    const others = nine({ facts: facts(12) });
    expect(sentencesOf({ facts: facts(1) }, others)).toEqual([
      "Customer months is 1; 9 of the 10 here have 12.",
    ]);
    expect(sentencesOf({ facts: facts(null) }, others)).toEqual([
      "Customer months is unknown; of 9 of the 10 here it is known.",
    ]);
    const varied = nine().map((each, i) => ({ ...each, facts: facts(i) }));
    expect(sentencesOf({ facts: facts(99) }, varied)).toEqual([]);
  });

  it("is another agent or requester than that of most", () => {
    expect(sentencesOf({ agentName: "night shift" })).toEqual([
      "Its agent is night shift; 9 of the 10 here have shop.",
    ]);
    expect(sentencesOf({ requestedBy: "eve@example.com" })).toEqual([
      "It was requested by eve@example.com; 9 of the 10 here have none.",
    ]);
  });

  it("is whatever needs a look by itself: refused before, changed facts, an edit, hidden text", () => {
    const sentences = sentencesOf({
      nearest: { outcome: "rejected", reason: "a duplicate" },
      factChanges: [{ fact: "order_status", before: "delivered", now: "returned", source: "shop" }],
      editedBy: "Ben",
      hidden: { passages: 2, mixedWords: ["раypal"] },
    });
    expect(sentences).toEqual([
      "Order status was delivered when it was submitted and is returned now.",
      "Ben changed its payload before it came to you.",
      "The most similar past draft was rejected: “a duplicate”",
      "Its text holds 2 passages that cannot be seen.",
      "Its text mixes alphabets that look alike in: раypal.",
    ]);
    expect(sentencesOf({ nearest: { outcome: "edited", reason: null } })).toEqual([]);
  });
});

describe("whatever the drafts", () => {
  const candidate = fc
    .record({
      amount: fc.option(fc.integer({ min: 0, max: 5000 })),
      currency: fc.constantFrom("USD", "USD", "USD", "EUR", null),
      subjectIsNew: fc.boolean(),
      agentName: fc.constantFrom("one", "one", "one", "two"),
      requestedBy: fc.option(fc.constantFrom("eve", "kim")),
      facts: fc
        .uniqueArray(
          fc.record({
            name: fc.constantFrom("a", "b", "c"),
            value: fc.constantFrom(null, 1, 1, 1, 2, "x", true),
          }),
          { selector: ({ name }) => name },
        )
        .map((facts) => facts.map((fact) => ({ ...fact, column: `fact:${fact.name}` }))),
    })
    .map((changes) => draft("", changes));
  const group = fc
    .array(candidate, { minLength: 1, maxLength: 40 })
    .map((list) =>
      list.map((each, i) => ({ ...each, id: String(i), subject: { type: "customer", id: `c${i}` } })),
    );
  const asideOf = (candidates: Candidate[]) =>
    Object.fromEntries([...findOutliers(candidates)].sort(([a], [b]) => a.localeCompare(b)));

  it("their order makes no difference", () => {
    fc.assert(
      fc.property(
        group.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([list, shuffled]) => {
          expect(asideOf(shuffled)).toEqual(asideOf(list));
        },
      ),
    );
  });

  it("one that equals all the others is never put aside", () => {
    fc.assert(
      fc.property(candidate, fc.integer({ min: 1, max: 40 }), (same, count) => {
        const list = Array.from({ length: count }, (_, i) => ({ ...same, id: String(i) }));
        expect([...findOutliers(list).values()].flat()).toEqual([]);
      }),
    );
  });

  it("the unit of money makes no difference to what is put aside", () => {
    fc.assert(
      fc.property(group, (list) => {
        const inCents = list.map((each) => ({
          ...each,
          amount: each.amount === null ? null : each.amount * 128,
        }));
        const ids = (aside: Record<string, unknown[]>) =>
          Object.keys(aside).filter((id) => aside[id]!.length);
        expect(ids(asideOf(inCents))).toEqual(ids(asideOf(list)));
      }),
    );
  });

  it("amounts alone never put more than half of them aside", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 40 }),
        (amounts) => {
          const found = findOutliers(amounts.map((amount, i) => draft(i, { amount })));
          const aside = [...found.values()].filter((reasons) => reasons.length > 0);
          expect(aside.length).toBeLessThanOrEqual(amounts.length / 2);
        },
      ),
    );
  });

  it("one more that is far beyond all is put aside, where there are enough to compare", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 5, maxLength: 40 }), (amounts) => {
        const list = [...amounts, 1_000_000].map((amount, i) => draft(i, { amount }));
        expect(findOutliers(list).get(String(amounts.length))).toHaveLength(1);
      }),
    );
  });
});
