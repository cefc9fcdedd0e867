import { describe, expect, it } from "vitest";
import type { InboxFilters } from "./inbox-filters";
import { matchesFilters } from "./matches-filters";
import type { InboxItem } from "./types";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const item: InboxItem = {
  id: "drf_1",
  actionType: "refund",
  title: "Refund",
  tier: "medium",
  route: "batch_review",
  rule: "medium",
  summary: "Refund the crème brûlée dish",
  amount: 1234.5,
  currency: "USD",
  agentName: "Shop agent",
  subject: { type: "customer", id: "cus_1" },
  createdAt: "2026-11-20T09:00:00Z",
  dueAt: "2026-11-20T14:00:00Z",
  approverRule: "team",
  escalationLevel: 0,
  held: false,
  answersYou: false,
};
const passes = (filters: InboxFilters, changes: Partial<InboxItem> = {}) =>
  matchesFilters({ ...item, ...changes }, filters, NOW);

describe("filtering in the browser", () => {
  it("lets everything through without filters, and with empty ones", () => {
    expect(passes({})).toBe(true);
    expect(passes({ q: " ", types: [], tiers: [], agents: [] })).toBe(true);
  });

  it.each<[string, InboxFilters, InboxFilters]>([
    ["words of the summary", { q: "BRULEE cre" }, { q: "rulee" }],
    ["amounts as they are written", { q: "$1,234.50" }, { q: "1234.7" }],
    ["the agent and the subject", { q: "shop cus_1" }, { q: "shop cus_2" }],
    ["type", { types: ["x", "refund"] }, { types: ["x"] }],
    ["tier", { tiers: ["medium"] }, { tiers: ["high", "low"] }],
    ["agent", { agents: ["Shop agent"] }, { agents: ["Shop"] }],
    ["subject with its type", { subject: "customer:cus_1" }, { subject: "order:cus_1" }],
    ["subject by its id", { subject: "cus_1" }, { subject: "cus" }],
    ["lowest amount", { minAmount: 1234.5 }, { minAmount: 1235 }],
    ["highest amount", { maxAmount: 1234.5 }, { maxAmount: 1234 }],
    ["age", { olderThanHours: 3 }, { olderThanHours: 4 }],
    ["time left", { dueWithinHours: 2 }, { dueWithinHours: 1 }],
  ])("tells by %s", (_, right, wrong) => {
    expect(passes(right)).toBe(true);
    expect(passes(wrong)).toBe(false);
  });

  it("tells what was escalated, and what a hold brought", () => {
    expect(passes({ escalated: true })).toBe(false);
    expect(passes({ escalated: true }, { escalationLevel: 1 })).toBe(true);
    expect(passes({ held: true })).toBe(false);
    expect(passes({ held: true }, { held: true })).toBe(true);
  });

  it("leaves out what has no amount where one is asked for", () => {
    expect(passes({ maxAmount: 10 }, { amount: null })).toBe(false);
  });

  it("leaves agents named by id to the server", () => {
    expect(passes({ agents: ["agt_01J"] })).toBe(true);
  });
});
