import { parsePointer } from "@/lib/policy/pointer";
import type { Domains } from "@/lib/policy/reachability";
import {
  ANYTHING,
  intersect,
  numbersWithin,
  type ValueSet,
  valuesOf,
  valuesOfTypes,
} from "@/lib/policy/value-set";
import type { LoadedPolicy } from "./load-policies";

/**
 * The values that facts of the payload can have at all, as far as schema.json says it plainly (type, enum, const,
 * bounds, through `properties`). A fact of which it says nothing is not in the answer.
 */
export function payloadDomains({ factSources, payloadSchema }: LoadedPolicy): Domains {
  const domains = Object.entries(factSources).flatMap(([fact, source]) => {
    if (source.kind !== "payload") return [];
    let schema: unknown = payloadSchema;
    for (const segment of parsePointer(source.pointer) ?? []) schema = property(schema, segment);
    return isObject(schema) ? [[fact, valuesBy(schema)] as const] : [];
  });
  return Object.fromEntries(domains);
}

function property(schema: unknown, name: string): unknown {
  const properties = isObject(schema) ? schema.properties : undefined;
  return isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

function valuesBy(schema: Record<string, unknown>): ValueSet {
  let values = ANYTHING;
  if (Array.isArray(schema.enum)) values = intersect(values, valuesOf(schema.enum.filter(isScalar)));
  if (isScalar(schema.const)) values = intersect(values, valuesOf([schema.const]));
  const types =
    typeof schema.type === "string" ? [schema.type] : Array.isArray(schema.type) ? schema.type : null;
  if (types) {
    const kinds = types.map((type) => (type === "integer" ? "number" : type));
    values = intersect(values, valuesOfTypes(kinds));
  }
  // The bounds are about numbers alone.
  const bounds = numbersWithin({
    ...bound("atLeast", schema.minimum),
    ...bound("over", schema.exclusiveMinimum),
    ...bound("atMost", schema.maximum),
    ...bound("under", schema.exclusiveMaximum),
  });
  return { ...values, numbers: intersect(values, bounds).numbers };
}

const bound = (name: string, value: unknown) => (typeof value === "number" ? { [name]: value } : {});

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";
