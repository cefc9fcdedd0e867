import { describe, expect, it } from "vitest";
import { loadPolicies } from "@/lib/policy-files/load-policies";
import { rateOf } from "../figures/rate";
import { sumFigures } from "../figures/sum-figures";
import type { FigureRow, Figures } from "../figures/types";
import { findFindings } from "./find-findings";
import { typesWithParts } from "./find-promotable";
import type { QuarterFacts } from "./quarter-facts";

const policies = loadPolicies("policies");
const now = new Date("2026-11-21T12:00:00Z");
const NOTHING: QuarterFacts = {
  policies,
  now,
  rules: [],
  agents: [],
  partly: [],
  attention: [],
  unassigned: [],
  overturned: [],
  holds: [],
};
const row = (rule: string | null, figures: Partial<Figures>, of: Partial<FigureRow> = {}): FigureRow => ({
  actionType: "refund",
  title: "Refund",
  rule,
  agent: null,
  now: { ...sumFigures([]), ...figures },
  before: sumFigures([]),
  queue: { waiting: 0, oldestSeconds: null, medianSeconds: null, overdue: 0 },
  ...of,
});
const ids = (facts: Partial<QuarterFacts>) => findFindings({ ...NOTHING, ...facts }).map(({ id }) => id);
const ofRule = (rule: string, figures: Partial<Figures>) => ids({ rules: [row(rule, figures)] });

describe("findings of a quarter", () => {
  it("are none where nothing happened, nor while figures are prepared", () => {
    expect(ids({})).toEqual([]);
    expect(ids({ rules: null, agents: null })).toEqual([]);
  });

  it("say what is always approved from 59 clean decisions on, and not while the bound is over the tolerance", () => {
    const promotable = (figures: Partial<Figures>) =>
      ofRule("medium #2", figures).filter((id) => id.startsWith("promotable"));
    expect(promotable({ decided: 58, reviewed: 58, approved: 58 })).toEqual([]);
    expect(promotable({ decided: 59, reviewed: 59, approved: 59 })).toEqual(["promotable:refund:medium #2"]);
    expect(promotable({ decided: 92, reviewed: 92, approved: 91, rejected: 1 })).toEqual([]);
    expect(promotable({ decided: 93, reviewed: 93, approved: 92, rejected: 1 })).toHaveLength(1);
    expect(
      promotable({ decided: 93, reviewed: 93, approved: 93, edited: 2 }),
      "an edit is a wrong one too",
    ).toEqual([]);
  });

  it("say up to where a rule is always approved, unless all of it is", () => {
    const partly: QuarterFacts["partly"] = [
      {
        actionType: "refund",
        rule: { name: "medium #2", when: "amount is at most 500" },
        limit: { fact: "amount", direction: "lte", only: null, value: 120.5 },
        currency: "USD",
        within: 80,
        decided: 100,
        bound: 0.037,
      },
    ];
    const [finding] = findFindings({ ...NOTHING, partly });
    expect(finding).toMatchObject({
      id: "promotable_part:refund:medium #2",
      sentence: expect.stringContaining("amount up to 120.5 USD, people decided 80 of 100 drafts"),
      todo: { href: "/insights/promotions/new?type=refund&rule=medium+%232" },
    });
    const all = [row("medium #2", { decided: 100, reviewed: 100, approved: 100 })];
    expect(ids({ partly, rules: all })).toContain("promotable:refund:medium #2");
    expect(ids({ partly, rules: all })).not.toContain(finding!.id);
  });

  it("look for a part of what people decide often and do not always approve, and nowhere else", () => {
    const types = (figures: Partial<Figures>, rule = "medium #2") => [
      ...typesWithParts(policies, [row(rule, figures)]),
    ];
    expect(types({ decided: 90, reviewed: 90, approved: 60, rejected: 30 })).toEqual(["refund"]);
    expect(types({ decided: 90, reviewed: 90, approved: 90 })).toEqual([]);
    expect(types({ decided: 58, reviewed: 58, approved: 30, rejected: 28 })).toEqual([]);
    expect(types({ decided: 90, reviewed: 90, approved: 60, rejected: 30 }, "low #1")).toEqual([]);
    expect(typesWithParts(policies, null).size).toBe(0);
  });

  it("never offer to promote what runs by itself already, or what no policy has any more", () => {
    const figures = { decided: 900, reviewed: 900, approved: 900 };
    expect(ofRule("low #1", figures).filter((id) => id.startsWith("promotable"))).toEqual([]);
    expect(ofRule("gone", figures).filter((id) => id.startsWith("promotable"))).toEqual([]);
  });

  it("lead from an overturned rule to its hold, or to its policy where there is none", () => {
    const overturned = [{ actionType: "refund", rule: "low #1", overturned: 1, upheld: 9 }];
    const [held] = findFindings({
      ...NOTHING,
      overturned,
      holds: [{ id: "hld_1", what: "Refund", actionType: "refund", rule: "low #1", days: 2 }],
    });
    expect(held).toMatchObject({
      kind: "overturned",
      rate: { count: 1, of: 10 },
      todo: { href: "/organisation/holds/hld_1" },
    });
    const [open] = findFindings({ ...NOTHING, overturned });
    expect(open?.todo.href).toBe("/organisation/policies/refund");
    expect(ids({ overturned: [{ ...overturned[0]!, overturned: 0 }] })).toEqual([]);
  });

  it("call a hold old after thirty days", () => {
    const hold = { id: "hld_1", what: "Refund", actionType: "refund", rule: null, days: 30 };
    expect(ids({ holds: [hold] })).toEqual([]);
    expect(ids({ holds: [{ ...hold, days: 31 }] })).toEqual(["hold:hld_1"]);
  });

  it("name what agents asked for and no policy covers, until one does", () => {
    const unassigned = [{ actionType: "wire_money", agentName: "shop", submissions: 3 }];
    expect(ids({ unassigned })).toEqual(["unassigned:wire_money"]);
    expect(ids({ unassigned: [{ ...unassigned[0]!, actionType: "refund" }] })).toEqual([]);
  });

  it("ask for looks at what runs by itself fifty times without one", () => {
    const samples = (chosen: number, upheld: number) => ({
      chosen,
      waiting: chosen - upheld,
      upheld,
      overturned: 0,
    });
    const unlooked = (figures: Partial<Figures>) =>
      ofRule("low #1", figures).filter((id) => id.startsWith("unlooked"));
    expect(unlooked({ decided: 49, automatic: 49 })).toEqual([]);
    expect(unlooked({ decided: 50, automatic: 50 })).toEqual(["unlooked:refund:low #1"]);
    expect(unlooked({ decided: 50, automatic: 50, samples: samples(2, 1) })).toEqual([]);
    expect(unlooked({ decided: 50, automatic: 50, samples: samples(2, 0) })).toHaveLength(1);
  });

  it("speak of lapses, refusals and disagreement beyond doubt only, and of fewer than twenty cases never", () => {
    const lapses = (breached: number, reviewed: number) =>
      ofRule("medium #2", { decided: reviewed, reviewed, breached, rejected: reviewed }).filter((id) =>
        id.startsWith("lapses"),
      );
    expect(lapses(19, 19)).toEqual([]);
    expect(lapses(4, 40)).toEqual([]);
    expect(lapses(10, 40)).toEqual(["lapses:refund:medium #2"]);
    // Handed on, and then taken back by their agent: those waited too.
    const figures = { decided: 60, reviewed: 19, lapsed: 1, withdrawn: 40, breached: 45 };
    const [handedOn] = findFindings({ ...NOTHING, rules: [row("medium #2", figures)] });
    expect(handedOn).toMatchObject({ kind: "lapses", rate: { count: 45, of: 60, share: 0.75 } });
    expect(handedOn!.sentence).toContain(
      "45 drafts of 60 were not decided in time: 1 expired, the others went on",
    );
    const refused = (rejected: number, reviewed: number) =>
      ids({ agents: [row(null, { reviewed, rejected }, { agent: { id: "agt_1", name: "shop" } })] });
    expect(refused(19, 19)).toEqual([]);
    expect(refused(10, 40)).toEqual([]);
    expect(refused(20, 40)).toEqual(["refused_agent:refund:agt_1"]);
    const disagrees = (overturned: number, of: number) =>
      ids({
        attention: [
          {
            person: { id: "per_1", name: "Ann" },
            byType: [],
            hours: [],
            total: {
              decisions: of,
              seconds: null,
              inBatches: null,
              quick: null,
              approved: null,
              caught: null,
              streak: 0,
              overturned: rateOf(overturned, of),
            },
          },
        ],
      });
    expect(disagrees(19, 19)).toEqual([]);
    expect(disagrees(3, 20)).toEqual([]);
    expect(disagrees(10, 20)).toEqual(["disagreement:per_1"]);
  });

  it("name rules that decided nothing, once their action type had twenty drafts", () => {
    expect(ofRule("medium #2", { decided: 19, rejected: 19 })).toEqual([]);
    expect(ofRule("medium #2", { decided: 20, rejected: 20, reviewed: 20 })).toEqual([
      "unused:refund:low #1",
      "unused:refund:high #3",
    ]);
  });
});
