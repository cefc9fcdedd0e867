import { parsePointer } from "@/lib/policy/pointer";
import { error, type Finding } from "./finding";
import type { LoadedPolicy } from "./load-policies";

type Json = Record<string, unknown>;

/** Redacted paths that no payload can have by schema.json: most likely misspelt, and what they are to hide would leave. */
export function checkRedact({ actionType, raw, payloadSchema }: LoadedPolicy): Finding[] {
  return (raw.redact ?? []).flatMap((path, index) => {
    if (path === "subject" || leadsSomewhere(payloadSchema, parsePointer(path) ?? [], payloadSchema))
      return [];
    const place = { actionType, file: "policy.json", path: `redact[${index}]` } as const;
    return [error(place, JSON.stringify(path), "a path that schema.json declares")];
  });
}

/** Whether the schema, or one that applies to the same value, says something about what the segments lead to. */
function leadsSomewhere(schema: unknown, segments: readonly string[], root: Json, depth = 0): boolean {
  if (typeof schema === "boolean") return schema;
  if (!isObject(schema) || depth > 64) return false;
  const [segment, ...rest] = segments;
  if (segment === undefined) return true;
  const below = childrenOf(schema, segment).some((child) => leadsSomewhere(child, rest, root, depth + 1));
  return below || alsoApply(schema, root).some((part) => leadsSomewhere(part, segments, root, depth + 1));
}

/** The schemas of what a key or position of the value may hold. */
function childrenOf(schema: Json, segment: string): unknown[] {
  const { properties, patternProperties, additionalProperties, unevaluatedProperties } = schema;
  const { items, prefixItems } = schema;
  const named = isObject(properties) ? Object.entries(properties) : [];
  const patterns = isObject(patternProperties) ? Object.entries(patternProperties) : [];
  const isPosition = segment === "*" || /^(?:0|[1-9]\d*)$/.test(segment);
  const first = Array.isArray(prefixItems) ? prefixItems : [];
  return [
    ...named.filter(([name]) => segment === "*" || name === segment).map(([, child]) => child),
    ...patterns
      .filter(([pattern]) => segment === "*" || new RegExp(pattern, "u").test(segment))
      .map(([, child]) => child),
    ...[additionalProperties, unevaluatedProperties].filter(isSchema),
    ...(isPosition ? [items].filter(isSchema) : []),
    ...(isPosition ? first.filter((_, index) => segment === "*" || index === Number(segment)) : []),
  ];
}

/** The schemas that apply to the same value. */
function alsoApply(schema: Json, root: Json): unknown[] {
  const { allOf, anyOf, oneOf, $ref } = schema;
  const lists = [allOf, anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  const referred = typeof $ref === "string" ? [resolve(root, $ref)] : [];
  return [...lists, schema.if, schema.then, schema.else, ...referred];
}

/** What a reference inside the same file names; anything is declared by one that leads elsewhere. */
function resolve(root: Json, reference: string): unknown {
  if (!reference.startsWith("#")) return true;
  let part: unknown = root;
  for (const segment of parsePointer(decodeURIComponent(reference.slice(1))) ?? []) {
    if (typeof part !== "object" || part === null) return true;
    part = (part as Json)[segment];
  }
  return part ?? true;
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isSchema = (value: unknown): boolean => value === true || isObject(value);
