import { expect, it } from "vitest";
import { compilePolicy } from "@/lib/policy/compile-policy";
import { factControls } from "./fact-controls";
import type { LoadedPolicy } from "./load-policies";

const controlsOf = (when: Record<string, unknown>, more: object = {}) => {
  const policy = compilePolicy({
    action_type: "gift",
    tiers: [{ tier: "low", when, route: "auto_execute" }],
    ...more,
  } as never);
  const factSources = Object.fromEntries(
    policy.factNames.map((name) => [name, { kind: "payload", pointer: `/${name}` }]),
  );
  return factControls({ policy, factSources } as unknown as LoadedPolicy).map(
    ({ name, kind, suggestions }) => [name, kind, suggestions],
  );
};

it("types facts by what the policy compares them with, nested ones too", () => {
  const nested = { any: [{ vip: true }, { not: { country_in: ["KP", "IR"] } }], amount_lte: 50 };
  expect(controlsOf(nested)).toEqual([
    ["amount", "number", []],
    ["vip", "boolean", []],
    ["country", "text", ["KP", "IR"]],
  ]);
});

it("offers several kinds where a fact is compared with several", () => {
  expect(controlsOf({ level_in: [1, "gold"] })).toEqual([["level", "any", ["1", "gold"]]]);
});

it("takes a text for a fact that names a department and is compared with nothing", () => {
  expect(controlsOf({}, { department_from: "cost_centre" })).toEqual([["cost_centre", "text", []]]);
});
