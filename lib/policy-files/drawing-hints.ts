import type { Ajv2020 } from "ajv/dist/2020.js";

const pointer = { type: "string", pattern: "^(/([^/~]|~[01])*)+$" };
const text = { type: "string", minLength: 1 };

/**
 * Annotations of a payload's schema that say how screens draw a property. They never make a payload valid or not.
 * docs/policies.md explains each.
 */
const HINTS: Record<string, object> = {
  "x-format": { enum: ["money", "text", "code", "diff", "recipients"] },
  "x-language": { enum: ["json", "yaml", "properties"] },
  "x-language-from": pointer,
  "x-replaces": pointer,
  "x-before": {
    type: "object",
    required: ["source", "pointer"],
    additionalProperties: false,
    properties: { source: text, pointer },
  },
  "x-names": {
    type: "object",
    required: ["source", "list", "id", "show"],
    additionalProperties: false,
    properties: {
      source: text,
      list: pointer,
      id: text,
      show: { type: "array", items: text, minItems: 1, maxItems: 5 },
    },
  },
};

/** Makes `ajv` accept the hints where they are well formed, and refuse the schema where they are not. */
export function allowDrawingHints(ajv: Ajv2020): void {
  for (const [keyword, metaSchema] of Object.entries(HINTS)) ajv.addKeyword({ keyword, metaSchema });
}
