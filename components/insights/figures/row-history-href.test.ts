import { describe, expect, it } from "vitest";
import { readHistoryFilters } from "@/lib/drafts/filter-params";
import { sumFigures } from "@/lib/insights/figures/sum-figures";
import type { FigureRow } from "@/lib/insights/figures/types";
import { rowHistoryHref } from "./row-history-href";

const period = { from: "2026-11-01", to: "2026-11-30" };
const row = (of: Partial<FigureRow>, decided = 1): FigureRow => ({
  actionType: "refund",
  title: "Refund",
  rule: null,
  agent: null,
  now: { ...sumFigures([]), decided },
  before: sumFigures([]),
  queue: { waiting: 0, oldestSeconds: null, medianSeconds: null, overdue: 0 },
  ...of,
});

describe("a row of figures", () => {
  it.each<[string, Partial<FigureRow>, object]>([
    ["an action type", {}, { types: ["refund"] }],
    ["a rule", { rule: "medium #2" }, { types: ["refund"], rules: ["medium #2"] }],
    ["an agent", { agent: { id: "agt_1", name: "Shop" } }, { types: ["refund"], agents: ["agt_1"] }],
    ["an agent of any type", { actionType: "", agent: { id: "agt_1", name: "Shop" } }, { agents: ["agt_1"] }],
  ])("of %s leads to the history of what it counts, in the same days", (_, of, filters) => {
    const [path, query] = rowHistoryHref(period, row(of))!.split("?");
    expect(path).toBe("/history");
    expect(readHistoryFilters(new URLSearchParams(query))).toEqual({
      filters: { ...filters, ...period, zone: "UTC", imported: false },
      dropped: [],
    });
  });

  it("leads nowhere without drafts, or without a rule to ask for", () => {
    expect(rowHistoryHref(period, row({ rule: "medium #2" }, 0))).toBeNull();
    expect(rowHistoryHref(period, row({ rule: "" }))).toBeNull();
  });
});
