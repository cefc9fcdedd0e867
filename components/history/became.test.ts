import { describe, expect, it } from "vitest";
import type { HistoryItem } from "@/lib/drafts/list-history";
import type { DraftStatus, Verdict } from "@/lib/drafts/types";
import { becameOf, deciderOf } from "./became";

const item = (
  status: DraftStatus,
  verdict: Verdict | null,
  parts: Partial<HistoryItem> = {},
): HistoryItem => ({
  id: "drf_1",
  actionType: "refund",
  title: "Refund",
  tier: "medium",
  status,
  summary: "Refund",
  amount: null,
  currency: null,
  subject: { type: "customer", id: "cus_1" },
  agentName: "shop",
  automatic: false,
  edited: false,
  imported: false,
  decision: verdict && { personId: "per_ann", person: "Ann", verdict, reason: null },
  decidedAt: "2026-11-20T12:00:00Z",
  ...parts,
});

describe("what became of a draft", () => {
  it.each([
    ["approved", item("executing", "approve"), { person: "Ann" }],
    ["edited", item("executed", "edit_and_approve", { edited: true }), { person: "Ann" }],
    ["edited", item("executed", "approve", { edited: true }), { person: "Ann" }],
    ["rejected", item("rejected", "reject"), { person: "Ann" }],
    ["automatic", item("executed", null, { automatic: true }), { other: "Policy" }],
    ["upheld", item("executed", "uphold", { automatic: true }), { person: "Ann" }],
    ["overturned", item("executed", "overturn", { automatic: true }), { person: "Ann" }],
    ["failed", item("failed", "approve"), { person: "Ann" }],
    ["blocked", item("blocked", null), { other: "Policy" }],
    ["blocked", item("blocked", "approve"), { other: "Policy" }],
    ["expired", item("expired", "approve"), { other: "Nobody: time ran out" }],
    ["withdrawn", item("withdrawn", null), { other: "Its agent" }],
  ])("is %s", (became, decided, decider) => {
    expect(becameOf(decided)).toBe(became);
    expect(deciderOf(decided)).toEqual(decider);
  });
});
