import { expect, it } from "vitest";
import type { FactControl } from "@/lib/policy-files/fact-controls";
import { toFacts, toTyped } from "./fact-values";

const control = (name: string, kind: FactControl["kind"]): FactControl => ({
  name,
  kind,
  suggestions: [],
  comesFrom: "payload",
});
const controls = [
  control("amount", "number"),
  control("vip", "boolean"),
  control("country", "text"),
  control("level", "any"),
];

it("reads what was typed by the kind of each fact, and leaves out what is empty", () => {
  expect(toFacts(controls, { amount: " 1,250.50 ", vip: "false", country: "7", level: "7" })).toEqual({
    amount: 1250.5,
    vip: false,
    country: "7",
    level: 7,
  });
  expect(toFacts(controls, { amount: "", country: "  " })).toEqual({});
});

it("passes on what is no number, so that the policy says it cannot be compared", () => {
  expect(toFacts(controls, { amount: "6,20", level: "gold" })).toEqual({ amount: "6,20", level: "gold" });
});

it("fills the form from facts, unknown ones empty", () => {
  const facts = { amount: 620, vip: true, country: null, other: 1 };
  expect(toTyped(controls, facts)).toEqual({ amount: "620", vip: "true" });
  expect(toFacts(controls, toTyped(controls, facts))).toEqual({ amount: 620, vip: true });
});
