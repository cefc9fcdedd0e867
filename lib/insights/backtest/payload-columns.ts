import { isComputedFactName } from "@/lib/policy/computed-facts";
import { toPointer } from "@/lib/policy/pointer";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import type { Column } from "./past-case";

/** The properties of the payload that schema.json declares as numbers, truth values or one of a few texts. */
export function payloadColumns({ raw, payloadSchema }: LoadedPolicy): Column[] {
  const { properties } = payloadSchema;
  if (typeof properties !== "object" || properties === null) return [];
  return Object.entries(properties as Record<string, unknown>)
    .filter(([name, schema]) => {
      const isOwnName = !Object.hasOwn(raw.facts ?? {}, name) && !isComputedFactName(name);
      return isOwnName && FACT_NAME.test(name) && isComparable(schema);
    })
    .map(([name]) => ({ name, source: { kind: "payload", pointer: toPointer([name]) } }));
}

const FACT_NAME = /^[A-Za-z][A-Za-z0-9_.-]{0,99}$/;

function isComparable(schema: unknown): boolean {
  if (typeof schema !== "object" || schema === null) return false;
  const { type, enum: values } = schema as { type?: unknown; enum?: unknown };
  return ["number", "integer", "boolean"].includes(type as string) || Array.isArray(values);
}
