/** Hints of one property in an action type's schema.json; docs/policies.md explains them. */
export interface DrawingHints {
  format: "money" | "text" | "code" | "diff" | "recipients" | null;
  language: Language | null;
  /** A pointer to a file name in the payload. */
  languageFrom: string | null;
  /** A pointer to the list in the payload that this one replaces. */
  replaces: string | null;
  before: { source: string; pointer: string } | null;
  names: { source: string; list: string; id: string; show: string[] } | null;
}

export type Language = "json" | "yaml" | "properties";
export type Schema = Record<string, unknown>;

/** The hints of a property. The server has checked their shapes; what is missing is null. */
export function readHints(property: Schema): DrawingHints {
  return {
    format: (property["x-format"] as DrawingHints["format"]) ?? null,
    language: (property["x-language"] as Language) ?? null,
    languageFrom: (property["x-language-from"] as string) ?? null,
    replaces: (property["x-replaces"] as string) ?? null,
    before: (property["x-before"] as DrawingHints["before"]) ?? null,
    names: (property["x-names"] as DrawingHints["names"]) ?? null,
  };
}

const ENDINGS: Record<string, Language> = {
  json: "json",
  yaml: "yaml",
  yml: "yaml",
  properties: "properties",
  ini: "properties",
  conf: "properties",
  cfg: "properties",
  toml: "properties",
  env: "properties",
};

/** The language a file name's ending stands for; null when it says nothing. */
export const languageOf = (file: unknown): Language | null =>
  typeof file === "string" ? (ENDINGS[file.split(".").at(-1)?.toLowerCase() ?? ""] ?? null) : null;

/** The properties an object schema declares, by name. */
export const propertiesOf = (schema: Schema): Record<string, Schema> =>
  isSchema(schema.properties) ? (schema.properties as Record<string, Schema>) : {};

/** Where the payload's amount stands: as the attributes say, else the property of that name if the schema has one. */
export const amountPointer = (
  attributes: { amount_from?: string | undefined },
  schema: Schema,
): string | undefined =>
  attributes.amount_from ?? (Object.hasOwn(propertiesOf(schema), "amount") ? "/amount" : undefined);

/** The schema of what a pointer names in a payload, `{}` where the schema says nothing of it. */
export function schemaAt(schema: Schema, segments: readonly string[]): Schema {
  let at: Schema = schema;
  for (const segment of segments) {
    const next = /^\d+$/.test(segment) && isSchema(at.items) ? at.items : propertiesOf(at)[segment];
    if (!isSchema(next)) return {};
    at = next;
  }
  return at;
}

export const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);
