import { expect, it } from "vitest";
import { approverRuleSchema } from "@/lib/routing/approver-rule";
import { shareLoad } from "./share-load";
import { away, testDirectory } from "./test-directory";

/** A Monday on which ben is on call. */
const at = new Date("2026-11-16T12:00:00Z");
const draft = (rule: string, more: Partial<Parameters<typeof shareLoad>[1][number]> = {}) => ({
  rule,
  amount: null,
  departmentId: null,
  required: 1,
  barred: [],
  decided: [],
  ...more,
});
const load = (directory: ReturnType<typeof testDirectory>, ...drafts: ReturnType<typeof draft>[]) => {
  const { byPerson, stuckByRule } = shareLoad(directory, drafts, at);
  return { people: Object.fromEntries(byPerson), stuck: Object.fromEntries(stuckByRule) };
};

it("a draft that one person alone may decide counts as only theirs", () => {
  const { people, stuck } = load(testDirectory(), draft("desk"), draft("cat"), draft("cat"));
  const [onCall] = Object.keys(people).filter((id) => id !== "cat");
  expect(people).toEqual({ [onCall!]: { mayDecide: 1, onlyThey: 1 }, cat: { mayDecide: 2, onlyThey: 2 } });
  expect(stuck).toEqual({});
});

it("a draft that two may decide is nobody's alone until one of them has, and is not stuck while the other is left", () => {
  const ask = ["ann", "cat"].map((id) => ({ kind: "person", id }));
  const both = approverRuleSchema.parse({ bands: [{ up_to: null, mode: "all", ask }] });
  const directory = { ...testDirectory(), rules: new Map([["both", both]]) };
  expect(load(directory, draft("both"), draft("both", { required: 2, decided: ["ann"] }))).toEqual({
    people: { ann: { mayDecide: 1, onlyThey: 0 }, cat: { mayDecide: 2, onlyThey: 1 } },
    stuck: {},
  });
});

it("those who may not decide their own, are away or have decided already do not count; what is left to nobody is stuck", () => {
  expect(load(testDirectory(), draft("cat", { barred: ["cat"] }))).toEqual({ people: {}, stuck: { cat: 1 } });
  const absences = [away("cat", "2026-11-16T00:00:00Z", "2026-11-17T00:00:00Z", "ann")];
  expect(load(testDirectory({ absences }), draft("cat"))).toEqual({
    people: { ann: { mayDecide: 1, onlyThey: 1 } },
    stuck: {},
  });
  expect(load(testDirectory(), draft("cat", { required: 2, decided: ["cat"] })).stuck).toEqual({ cat: 1 });
  expect(load(testDirectory(), draft("cat", { required: 2 })).stuck).toEqual({ cat: 1 });
  expect(load(testDirectory(), draft("nowhere"))).toEqual({ people: {}, stuck: { nowhere: 1 } });
});
