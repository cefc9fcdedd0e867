import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { toPointer } from "@/lib/policy/pointer";
import { type PolicyProblem, quoteFound } from "@/lib/policy/policy-error";
import { allowDrawingHints } from "./drawing-hints";

export type PayloadSchema = Record<string, unknown>;
/** `path` is a JSON Pointer into the payload. */
export type PayloadCheck = { ok: true } | { ok: false; errors: { path: string; message: string }[] };
export type ValidatePayload = (payload: unknown) => PayloadCheck;

const MAX_ERRORS = 20;

/**
 * Compiles a schema.json (JSON Schema 2020-12) into a validator that never changes the payload.
 * The schema must describe an object and refuse undeclared properties, so that an agent cannot smuggle in a fact.
 * Null, with the problems appended, when it does not. `properties` are the names it declares at the top level.
 */
export function compilePayloadSchema(
  json: unknown,
  file: string,
  problems: PolicyProblem[],
): {
  payloadSchema: PayloadSchema;
  properties: ReadonlySet<string>;
  validatePayload: ValidatePayload;
} | null {
  const refuse = (path: string, found: string, allowed: string) => {
    problems.push({ file, path, found, allowed });
    return null;
  };
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    return refuse("", quoteFound(json), "a JSON Schema object");
  }
  const schema = json as PayloadSchema;
  if (schema.type !== "object") return refuse("type", quoteFound(schema.type), '"object"');
  if (schema.additionalProperties !== false && schema.unevaluatedProperties !== false) {
    const allowed = "false here or in unevaluatedProperties, so that undeclared properties are refused";
    return refuse("additionalProperties", quoteFound(schema.additionalProperties), allowed);
  }
  try {
    const ajv = new Ajv2020({
      allErrors: true,
      strictTypes: false,
      strictRequired: false,
      strictTuples: false,
    });
    addFormats.default(ajv);
    allowDrawingHints(ajv);
    const validate = ajv.compile(schema);
    return {
      payloadSchema: schema,
      properties: declaredProperties(schema),
      validatePayload: (payload) =>
        validate(payload) === true
          ? { ok: true }
          : { ok: false, errors: (validate.errors ?? []).slice(0, MAX_ERRORS).map(toError) },
    };
  } catch (error) {
    return refuse("", error instanceof Error ? error.message : String(error), "a valid JSON Schema 2020-12");
  }
}

/** Names under `properties`, also of the subschemas that apply to the same object. */
function declaredProperties(schema: unknown): Set<string> {
  if (typeof schema !== "object" || schema === null) return new Set();
  const {
    properties,
    allOf,
    anyOf,
    oneOf,
    if: when,
    then,
    else: otherwise,
  } = schema as Record<string, unknown>;
  const own = typeof properties === "object" && properties !== null ? Object.keys(properties) : [];
  const parts = [allOf, anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  return new Set([
    ...own,
    ...[...parts, when, then, otherwise].flatMap((part) => [...declaredProperties(part)]),
  ]);
}

function toError({ instancePath, keyword, params, message }: ErrorObject) {
  if (keyword === "required" || keyword === "dependentRequired") {
    return { path: instancePath + toPointer([params.missingProperty]), message: "is required" };
  }
  if (keyword === "additionalProperties" || keyword === "unevaluatedProperties") {
    const property = params.additionalProperty ?? params.unevaluatedProperty;
    return {
      path: instancePath + toPointer([property]),
      message: "is not a property of this action's payload",
    };
  }
  if (keyword === "enum")
    return { path: instancePath, message: `must be one of ${params.allowedValues.join(", ")}` };
  if (keyword === "const")
    return { path: instancePath, message: `must be ${JSON.stringify(params.allowedValue)}` };
  return { path: instancePath, message: message ?? `breaks the rule "${keyword}"` };
}
