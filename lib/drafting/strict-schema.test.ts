import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { loadPolicies } from "@/lib/policy-files/load-policies";
import { admitsNull, strictSchema, withoutFillers } from "./strict-schema";

const policies = loadPolicies("policies");
type Json = Record<string, unknown>;

/** Every object below, with what strict structured output asks of it. */
function expectStrict(schema: unknown): void {
  if (Array.isArray(schema)) schema.forEach(expectStrict);
  if (typeof schema !== "object" || schema === null) return;
  const { type, properties, required, additionalProperties } = schema as Json;
  if ([type].flat().includes("object")) {
    expect(additionalProperties).toBe(false);
    expect(required).toEqual(Object.keys(properties as Json));
  }
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === "properties") Object.values(value as Json).forEach(expectStrict);
    else {
      expect(keyword).not.toMatch(/^(minLength|maxLength|pattern|format|m..imum|exclusive|m..Items|x-|\$)/);
      if (keyword === "items" || keyword === "anyOf") expectStrict(value);
    }
  }
}

/** An object that holds an object, so many times. */
const nested = (times: number): Json =>
  times === 0
    ? { type: "string" }
    : { type: "object", properties: { inner: nested(times - 1) }, additionalProperties: false };

describe("the strict variant of a payload's schema", () => {
  it.each([...policies.keys()])("of %s says only what structured output takes", (actionType) => {
    const strict = strictSchema(policies.get(actionType)!.payloadSchema);
    expect(strict).not.toBeNull();
    expectStrict(strict);
    new Ajv2020({ strict: false }).compile(strict!);
  });

  it("asks for everything, and lets what is optional be null", () => {
    const strict = strictSchema(policies.get("refund")!.payloadSchema)!;
    const properties = strict.properties as Record<string, Json>;
    expect(strict.required).toEqual(Object.keys(properties));
    expect(properties.order_id).toMatchObject({ type: ["string", "null"] });
    expect(properties.amount).toMatchObject({ type: "number" });
    expect(properties.currency).toMatchObject({ enum: ["USD"] });
    expect(admitsNull(properties.currency)).toBe(false);
  });

  it("keeps limits as words for the model to read", () => {
    const strict = strictSchema(policies.get("refund")!.payloadSchema)!;
    expect((strict.properties as Record<string, Json>).amount!.description).toBe(
      "What the customer gets back, USD. more than 0, at most 100000",
    );
  });

  it.each([
    ["additional properties", { type: "object", properties: {}, additionalProperties: true }],
    ["alternatives without a type", { oneOf: [{ type: "string" }, { type: "number" }] }],
    ["a value of any kind", { type: "object", properties: { a: {} }, additionalProperties: false }],
    [
      "patterns of names",
      { type: "object", properties: {}, patternProperties: {}, additionalProperties: false },
    ],
    ["references", { type: "object", properties: { a: { $ref: "#" } }, additionalProperties: false }],
    [
      "a list of anything",
      { type: "object", properties: { a: { type: "array" } }, additionalProperties: false },
    ],
    ["objects in objects without end", nested(9)],
  ])("is none for %s, which it cannot say", (_, schema) => {
    expect(strictSchema(schema)).toBeNull();
  });

  it("is there for as many objects in objects as structured output takes", () => {
    expect(strictSchema(nested(8))).not.toBeNull();
  });
});

describe("nulls that stand for what was left out", () => {
  const schema = {
    type: "object",
    required: ["kept", "needed"],
    properties: {
      needed: { type: "string" },
      kept: { type: ["string", "null"] },
      dropped: { type: "string" },
      nullable: { anyOf: [{ type: "string" }, { type: "null" }] },
      list: { type: "array", items: { type: "object", properties: { inner: { type: "number" } } } },
    },
  };
  it("go, at every depth, and only where null is no value of its own", () => {
    const value = { kept: null, dropped: null, nullable: null, list: [{ inner: null }, { inner: 1 }] };
    expect(withoutFillers(value, schema)).toEqual({ kept: null, nullable: null, list: [{}, { inner: 1 }] });
  });
  it("stay where the property is required: validation says that it must not be null", () => {
    expect(withoutFillers({ needed: null }, schema)).toEqual({ needed: null });
  });
  it("stay where the schema knows no such property: validation refuses it", () => {
    expect(withoutFillers({ smuggled: null, kept: "a" }, schema)).toEqual({ smuggled: null, kept: "a" });
  });
  it("leave any other value as it is", () => {
    for (const value of [null, 1, "text", [1, null]]) expect(withoutFillers(value, schema)).toEqual(value);
  });
});
