import { z } from "zod";
import { EXECUTION_KEYS, REVIEW_KEYS } from "./rule-schema";
import { policySchema } from "./schema";

type JsonSchema = Record<string, unknown>;

/**
 * The JSON Schema (draft 7, which every editor knows) of policy.json: what `policySchema` checks, as far as a schema
 * can say it. Every valid policy is valid by it too.
 */
export function policyJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(policySchema, {
    target: "draft-7",
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      const id = z.globalRegistry.get(zodSchema)?.id;
      if (id !== undefined && Object.hasOwn(REFINEMENTS, id)) Object.assign(jsonSchema, REFINEMENTS[id]);
    },
  });
  return {
    ...schema,
    title: "Countersign policy",
    description: "policies/<action_type>/policy.json; docs/policies.md explains it.",
    ...when(
      is("prohibited", true),
      {},
      {
        required: ["tiers"],
        properties: { tiers: { type: "array", minItems: 1 } },
      },
    ),
    not: both("department", "department_from"),
  };
}

const SCALAR = { type: ["string", "number", "boolean"] };
const CONDITION = { $ref: "#/definitions/condition" };
const FACT = "[A-Za-z][A-Za-z0-9_.-]{0,99}";

const is = (key: string, value: unknown): JsonSchema => ({
  required: [key],
  properties: { [key]: { const: value } },
});
const among = (key: string, values: readonly unknown[]): JsonSchema => ({
  required: [key],
  properties: { [key]: { enum: values } },
});
const both = (...keys: string[]): JsonSchema => ({ required: keys });
const none = (keys: readonly string[]): JsonSchema => ({
  properties: Object.fromEntries(keys.map((key) => [key, false])),
});
/** An unmet condition asks for `otherwise`. */
const when = (condition: JsonSchema, holds: JsonSchema, otherwise: JsonSchema = {}): JsonSchema => ({
  if: condition,
  // biome-ignore lint/suspicious/noThenProperty: this is how JSON Schema calls it
  then: holds,
  else: otherwise,
});

/** What the checks in code add to the shape, by the id of the schema they belong to. */
const REFINEMENTS: Record<string, JsonSchema> = {
  condition: {
    type: "object",
    properties: {
      all: { type: "array", minItems: 1, items: CONDITION, description: "All of these hold." },
      any: { type: "array", minItems: 1, items: CONDITION, description: "At least one of these holds." },
      not: { ...CONDITION, description: "This does not hold." },
    },
    patternProperties: {
      [`^${FACT}_(lte|lt|gte|gt)$`]: { type: "number" },
      [`^${FACT}_(eq|ne)$`]: SCALAR,
      [`^${FACT}_(in|not_in)$`]: { type: "array", minItems: 1, items: SCALAR },
      [`^(?!(all|any|not)$)(?!.*_(lte|lt|gte|gt|eq|ne|in|not_in)$)${FACT}$`]: { type: "boolean" },
    },
    additionalProperties: false,
  },
  hard_block_condition: { type: "object", minProperties: 1 },
  rule: {
    allOf: [
      when(is("tier", "prohibited"), none(["route", ...REVIEW_KEYS, ...EXECUTION_KEYS]), {
        required: ["route"],
      }),
      when(is("route", "named_approver"), { required: ["approver_rule"] }),
      when(is("route", "auto_execute"), none(REVIEW_KEYS), none(["sample_review"])),
      when(among("route", ["batch_review", "named_approver"]), none(["lease"])),
    ],
    not: both("escalate_to", "escalation"),
  },
  pushed_fact: { dependencies: { subject: ["id"], id: ["subject"] } },
  lookup: { oneOf: [{ required: ["url"] }, { required: ["url_env"] }] },
};
