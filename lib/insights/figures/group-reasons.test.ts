import { describe, expect, it } from "vitest";
import { type GivenReason, groupReasons } from "./group-reasons";

const said = (
  reason: string,
  outcome: GivenReason["outcome"] = "rejected",
  draftId = "drf_1",
): GivenReason => ({
  draftId,
  outcome,
  reason,
});

describe("reasons", () => {
  it("are one where they differ in case, spaces and the full stop alone, as written last", () => {
    const { groups } = groupReasons([
      said("Too much  money.", "changes_requested", "drf_3"),
      said("too much money", "rejected", "drf_2"),
      said("Wrong customer"),
    ]);
    expect(groups).toEqual([
      { text: "Too much  money.", count: 2, rejected: 1, changesRequested: 1, draftIds: ["drf_3", "drf_2"] },
      { text: "Wrong customer", count: 1, rejected: 1, changesRequested: 0, draftIds: ["drf_1"] },
    ]);
  });

  it("are never merged by meaning", () => {
    expect(groupReasons([said("Too much"), said("Too high")]).groups).toHaveLength(2);
  });

  it("have words in common: each counted once for a reason, and only those in three or more", () => {
    const { words } = groupReasons([
      said("Order order paid, for the box"),
      said("the order was paid, box gone"),
      said("Order? Which order, because? Paid. The box"),
      said("because of that"),
      said("because"),
    ]);
    expect(words).toEqual([
      { word: "order", count: 3 },
      { word: "paid", count: 3 },
    ]);
  });

  it("lead to the three newest drafts that they were given for, the most frequent reason first", () => {
    const given = ["drf_5", "drf_4", "drf_3", "drf_2"].map((id) => said("Too much", "rejected", id));
    const { groups } = groupReasons([said("Wrong customer", "rejected", "drf_6"), ...given]);
    expect(groups.map(({ count, draftIds }) => ({ count, draftIds }))).toEqual([
      { count: 4, draftIds: ["drf_5", "drf_4", "drf_3"] },
      { count: 1, draftIds: ["drf_6"] },
    ]);
  });

  it("show their first line, shortened", () => {
    const { groups } = groupReasons([said(`${"a".repeat(300)}\nsecond line`)]);
    expect(groups[0]!.text).toHaveLength(200);
    expect(groupReasons([])).toEqual({ groups: [], words: [] });
  });
});
