import { describe, expect, it } from "vitest";
import type { Policy } from "@/lib/policy/schema";
import { checkRedact } from "./check-redact";
import type { LoadedPolicy } from "./load-policies";

const payloadSchema = {
  type: "object",
  additionalProperties: false,
  properties: {
    address: { $ref: "#/$defs/address" },
    items: { type: "array", items: { type: "object", properties: { note: { type: "string" } } } },
    labels: { type: "object", patternProperties: { "^x-": { type: "string" } } },
    pair: { type: "array", prefixItems: [{ type: "string" }, { type: "object", properties: { id: {} } }] },
  },
  anyOf: [{ properties: { account: { type: "object", additionalProperties: { type: "string" } } } }],
  $defs: {
    address: { type: "object", properties: { city: {} }, allOf: [{ properties: { "zip/code": {} } }] },
  },
};
const found = (...redact: string[]) =>
  checkRedact({ actionType: "pay", raw: { redact } as Policy, payloadSchema } as unknown as LoadedPolicy);

describe("what a policy redacts", () => {
  it.each([
    "subject",
    "/address",
    "/address/*",
    "/address/city",
    "/address/zip~1code",
    "/items/*/note",
    "/items/0/note",
    "/labels/x-colour",
    "/pair/1/id",
    "/account/anything",
    "/*/city",
  ])("may be %s, which the schema declares", (path) => expect(found(path)).toEqual([]));

  it.each(["/adress", "/address/street", "/items/note", "/labels/colour", "/pair/0/id", "/account/a/b", "/"])(
    "is refused as %s, which it does not",
    (path) => {
      expect(found("/address", path)).toMatchObject([
        { severity: "error", file: "policy.json", path: "redact[1]", found: JSON.stringify(path) },
      ]);
    },
  );
});
