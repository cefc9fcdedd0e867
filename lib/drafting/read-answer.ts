import { z } from "zod";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { parseStrictJson } from "@/lib/trust/parse-strict-json";
import { nullable, strictSchema, withoutFillers } from "./strict-schema";

/** What the drafter says besides the payload. Subject and action type are not among it: they are the request's. */
export interface Written {
  payload: Record<string, unknown>;
  summary: string;
  reasoning: string | null;
  confidence: number | null;
  expected_outcome: string | null;
}

export type Answer =
  | { kind: "draft"; written: Written }
  /** Something is missing, in a sentence for whoever asked. */
  | { kind: "cannot"; missing: string }
  | { kind: "invalid"; problems: string[] };

const MAX_ANSWER_BYTES = 512 * 1024;
const MAX_PROBLEMS = 10;

const text = (max: number) =>
  z
    .string()
    .max(max)
    .nullish()
    .transform((value) => value?.trim() || null);

/** Other keys are dropped unread: whatever else a model answers, nothing comes of it. */
const answerSchema = z.object({
  outcome: z.enum(["draft", "cannot"]),
  missing: text(2000),
  summary: text(500),
  reasoning: text(20_000),
  confidence: z.number().min(0).max(1).nullish(),
  expected_outcome: text(5000),
  payload: z.record(z.string(), z.unknown()).nullish(),
});

/** The schema of an answer for structured output; null when the payload's schema cannot be said strictly. */
export function answerFormat({ payloadSchema }: Pick<LoadedPolicy, "payloadSchema">) {
  const payload = strictSchema(payloadSchema);
  if (!payload) return null;
  const properties = {
    outcome: { type: "string", enum: ["draft", "cannot"] },
    missing: { type: ["string", "null"], description: "What is missing, when the outcome is cannot" },
    payload: nullable(payload),
    summary: { type: ["string", "null"], description: "One line for the approver, at most 300 characters" },
    reasoning: { type: ["string", "null"], description: "What the values were drawn from" },
    confidence: { type: ["number", "null"], description: "0 to 1" },
    expected_outcome: { type: ["string", "null"], description: "What will be different afterwards" },
  };
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

/**
 * Reads what the model answered: strict JSON, of which only the named keys count, with a payload that the action
 * type's schema takes. Never throws.
 */
export function readAnswer(content: string, policy: LoadedPolicy): Answer {
  const parsed = parseStrictJson(Buffer.from(jsonIn(content)), { maxBytes: MAX_ANSWER_BYTES });
  if (!parsed.ok) return invalid([`${parsed.path || "The answer"}: ${parsed.message}`]);
  const answer = answerSchema.safeParse(parsed.value);
  if (!answer.success) {
    return invalid(answer.error.issues.map(({ path, message }) => `/${path.join("/")}: ${message}`));
  }
  const { outcome, missing, summary, payload, reasoning, confidence = null, expected_outcome } = answer.data;
  if (outcome === "cannot") {
    return missing
      ? { kind: "cannot", missing }
      : invalid(['"missing" has to say what is missing when the outcome is "cannot".']);
  }
  const problems = summary ? [] : ["/summary: a draft needs one line for the approver"];
  if (!payload) return invalid([...problems, "/payload: a draft needs one"]);
  const proposed = withoutFillers(payload, policy.payloadSchema) as Record<string, unknown>;
  const check = policy.validatePayload(proposed);
  if (!check.ok) problems.push(...check.errors.map(({ path, message }) => `/payload${path}: ${message}`));
  if (problems.length > 0 || !summary) return invalid(problems);
  return {
    kind: "draft",
    written: { payload: proposed, summary, reasoning, confidence, expected_outcome },
  };
}

const invalid = (problems: string[]): Answer => ({
  kind: "invalid",
  problems: problems.slice(0, MAX_PROBLEMS).map((problem) => problem.slice(0, 500)),
});

/** The answer itself, where a model that was not held to a format puts it in a fence or says something around it. */
function jsonIn(content: string): string {
  const trimmed = content.trim();
  if (trimmed.startsWith("{") && trimmed.endsWith("}")) return trimmed;
  const from = trimmed.indexOf("{");
  const to = trimmed.lastIndexOf("}");
  return from >= 0 && to > from ? trimmed.slice(from, to + 1) : trimmed;
}
