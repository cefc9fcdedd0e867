import { expect, it } from "vitest";
import { exampleOf, intersect, isEmpty, valuesOf } from "@/lib/policy/value-set";
import type { LoadedPolicy } from "./load-policies";
import { payloadDomains } from "./payload-domains";

const domainsOf = (properties: object, sources: Record<string, string>) => {
  const factSources = Object.fromEntries(
    Object.entries(sources).map(([name, pointer]) => [name, { kind: "payload", pointer }]),
  );
  return payloadDomains({ factSources, payloadSchema: { properties } } as unknown as LoadedPolicy);
};

it.each([
  [{ enum: ["a", "b", 3] }, ["a", "b", 3], ["c", 4, true]],
  [{ const: "a" }, ["a"], ["b", 1]],
  [{ type: "integer", minimum: 1, exclusiveMaximum: 5 }, [1, 4.5], [0, 5, "1", true]],
  [{ type: ["string", "boolean"], minimum: 5 }, ["x", true], [7]],
  [{ exclusiveMinimum: 0, maximum: 2 }, [2, "text"], [0, 3]],
  [{ anyOf: [{ type: "string" }] }, ["x", 1, false], []],
])("of %j are the values it takes", (schema, inside, outside) => {
  const { x } = domainsOf({ x: schema }, { x: "/x" });
  for (const value of inside) expect(exampleOf(intersect(x!, valuesOf([value])))).toBe(value);
  for (const value of outside) expect(isEmpty(intersect(x!, valuesOf([value])))).toBe(true);
});

it("are known for what is declared, however deep, and of nothing else", () => {
  const properties = { order: { properties: { kind: { const: "a" } } }, lines: { items: { const: 1 } } };
  const domains = domainsOf(properties, { kind: "/order/kind", line: "/lines/0", other: "/constructor" });
  expect(Object.keys(domains)).toEqual(["kind"]);
});
