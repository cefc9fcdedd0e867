import { describe, expect, it } from "vitest";
import type { PolicyProblem } from "@/lib/policy/policy-error";
import { compilePayloadSchema } from "./compile-payload-schema";

function compile(property: Record<string, unknown>) {
  const problems: PolicyProblem[] = [];
  const schema = { type: "object", additionalProperties: false, properties: { ids: property } };
  return { compiled: compilePayloadSchema(schema, "schema.json", problems), problems };
}

describe("hints for drawing a payload", () => {
  it("are accepted beside the rules, and change nothing about them", () => {
    const { compiled, problems } = compile({
      type: "array",
      "x-format": "recipients",
      "x-replaces": "/old_ids",
      "x-before": { source: "orders", pointer: "/address/city" },
      "x-names": { source: "orders", list: "/items", id: "item_id", show: ["name"] },
    });
    expect(problems).toEqual([]);
    expect(compiled?.validatePayload({ ids: [] })).toEqual({ ok: true });
    expect(compiled?.validatePayload({ ids: 1 })).toMatchObject({ ok: false });
  });

  it.each([
    { "x-format": "picture" },
    { "x-language": "perl" },
    { "x-replaces": "old_ids" },
    { "x-before": { source: "orders" } },
    { "x-names": { source: "orders", list: "/items", id: "item_id", show: "name" } },
    { "x-colour": "red" },
  ])("refuses the schema for %j", (hint) => {
    const { compiled, problems } = compile(hint);
    expect(compiled).toBeNull();
    expect(problems).toHaveLength(1);
  });
});
