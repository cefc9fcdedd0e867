type Json = Record<string, unknown>;

/** What an approximation of a schema says: keywords that every endpoint with structured output knows. */
const KEPT = new Set(["type", "enum", "const", "title", "description"]);
/** What an object or a choice is made of; handled one by one. */
const STRUCTURE = new Set(["properties", "required", "additionalProperties", "items", "anyOf"]);
/** Limits that structured output refuses or ignores: the model reads them as words instead. */
const LIMITS: Record<string, (value: unknown) => string> = {
  minimum: (value) => `at least ${value}`,
  exclusiveMinimum: (value) => `more than ${value}`,
  maximum: (value) => `at most ${value}`,
  exclusiveMaximum: (value) => `less than ${value}`,
  multipleOf: (value) => `a multiple of ${value}`,
  minLength: (value) => `${value} or more characters`,
  maxLength: (value) => `at most ${value} characters`,
  pattern: (value) => `matches the regular expression ${value}`,
  format: (value) => `format: ${value}`,
  minItems: (value) => `${value} or more items`,
  maxItems: (value) => `at most ${value} items`,
  uniqueItems: (value) => (value === true ? "no item twice" : ""),
};
/** Narrow down what a type says already: leaving them out only lets more through, for validation to refuse. */
const NARROWING = new Set([
  "allOf",
  "oneOf",
  "not",
  "if",
  "then",
  "else",
  "minProperties",
  "maxProperties",
  "propertyNames",
  "dependentRequired",
  "dependentSchemas",
  "contains",
  "minContains",
  "maxContains",
]);
/** Says nothing about a value. */
const REMARKS = /^(\$schema|\$id|\$comment|default|examples|deprecated|x-.*)$/;
const MAX_DEPTH = 8;

/**
 * The schema as strict structured output takes it: every property required, optional ones nullable, limits in words.
 * Null when it says something that this cannot say; the model is then asked for JSON, with the schema in the prompt.
 * What comes back is validated by the schema itself either way.
 */
export function strictSchema(schema: Json): Json | null {
  try {
    return strict(schema, 0);
  } catch (error) {
    if (error instanceof Inexpressible) return null;
    throw error;
  }
}

/** The same, but null is allowed too. */
export function nullable(schema: Json): Json {
  if (admitsNull(schema)) return schema;
  const { type, enum: values } = schema;
  const isPlain = typeof type === "string" && !["object", "array"].includes(type);
  if (isPlain && values === undefined && schema.const === undefined) {
    return { ...schema, type: [type, "null"] };
  }
  return { anyOf: [schema, { type: "null" }] };
}

/** Whether the schema lets a value be null, as far as the keywords say that are kept. */
export function admitsNull(schema: unknown): boolean {
  if (!isObject(schema)) return schema === true;
  const { type, enum: values, anyOf } = schema;
  if (Array.isArray(values)) return values.includes(null);
  if (Array.isArray(anyOf)) return anyOf.some(admitsNull);
  if ("const" in schema) return schema.const === null;
  return Array.isArray(type) ? type.includes("null") : type === "null";
}

class Inexpressible extends Error {}

function strict(schema: unknown, depth: number): Json {
  if (!isObject(schema) || depth > MAX_DEPTH) throw new Inexpressible();
  const result: Json = {};
  const limits: string[] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    if (KEPT.has(keyword)) result[keyword] = value;
    else if (Object.hasOwn(LIMITS, keyword)) limits.push(LIMITS[keyword]!(value));
    else if (NARROWING.has(keyword) && "type" in schema) continue;
    else if (!STRUCTURE.has(keyword) && !REMARKS.test(keyword)) throw new Inexpressible();
  }
  if (limits.some(Boolean)) {
    result.description = [schema.description, limits.filter(Boolean).join(", ")].filter(Boolean).join(". ");
  }
  const types = [schema.type ?? []].flat();
  if (types.includes("object")) Object.assign(result, strictObject(schema, depth));
  else if ("properties" in schema || "required" in schema) throw new Inexpressible();
  if (types.includes("array")) result.items = strict(schema.items, depth + 1);
  if (Array.isArray(schema.anyOf) && types.length === 0) {
    result.anyOf = schema.anyOf.map((each) => strict(each, depth + 1));
  }
  const says = types.length > 0 || "enum" in result || "const" in result || "anyOf" in result;
  if (!says) throw new Inexpressible();
  return result;
}

function strictObject(schema: Json, depth: number): Json {
  if (!isObject(schema.properties) || schema.additionalProperties !== false) throw new Inexpressible();
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const properties = Object.entries(schema.properties).map(([name, property]) => {
    const inner = strict(property, depth + 1);
    return [name, required.has(name) ? inner : nullable(inner)];
  });
  return {
    properties: Object.fromEntries(properties),
    required: Object.keys(schema.properties),
    additionalProperties: false,
  };
}

/**
 * The value without the nulls that stand for optional properties left out: where the schema itself does not let the
 * property be null. Anything else stays, for validation to judge.
 */
export function withoutFillers(value: unknown, schema: unknown): unknown {
  if (!isObject(schema)) return value;
  if (Array.isArray(value)) return value.map((item) => withoutFillers(item, schema.items));
  if (!isObject(value)) return value;
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, inner]) => {
        const isFiller = inner === null && Object.hasOwn(properties, name) && !required.has(name);
        return !isFiller || admitsNull(properties[name]);
      })
      .map(([name, inner]) => [
        name,
        Object.hasOwn(properties, name) ? withoutFillers(inner, properties[name]) : inner,
      ]),
  );
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
