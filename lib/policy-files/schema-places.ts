import { parsePointer } from "@/lib/policy/pointer";

export type Json = Record<string, unknown>;

/** The schemas of what a key or position of the value may hold. */
export function childrenOf(schema: Json, segment: string): unknown[] {
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
export function alsoApply(schema: Json, root: Json): unknown[] {
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

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isSchema = (value: unknown): boolean => value === true || isObject(value);

/** The schemas that a value has to meet at one place of a document. */
export type Place = readonly Json[];

const DEEPEST = 64;

/** All schemas that apply where one of these does. */
export function placeOf(schemas: readonly unknown[], root: Json): Place {
  const found = new Set<Json>();
  let left = schemas.filter(isObject);
  for (let depth = 0; left.length > 0 && depth < DEEPEST; depth++) {
    for (const schema of left) found.add(schema);
    left = left
      .flatMap((schema) => alsoApply(schema, root))
      .filter((part): part is Json => isObject(part) && !found.has(part));
  }
  return [...found];
}

/** The place below a key or position; null where the schemas refuse that there is one. */
export function placeBelow(place: Place, key: string, root: Json): Place | null {
  const children = place.flatMap((schema) => childrenOf(schema, key));
  const isClosed = place.some(
    ({ additionalProperties, unevaluatedProperties }) =>
      additionalProperties === false || unevaluatedProperties === false,
  );
  return children.length === 0 && isClosed ? null : placeOf(children, root);
}
