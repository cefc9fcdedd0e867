import type { z } from "zod";
import { type PolicyProblem, quoteFound } from "./policy-error";
import { type Policy, policySchema } from "./schema";

type Issue = z.core.$ZodIssue;
export type ParsedPolicy = { ok: true; policy: Policy } | { ok: false; problems: PolicyProblem[] };

/**
 * Checks the content of a policy.json. Never throws; all problems come back at once, each with its path
 * (`tiers[1].route`), what was found and what is allowed. `file` in them is empty: the caller knows it.
 */
export function parsePolicy(json: unknown): ParsedPolicy {
  const result = policySchema.safeParse(json);
  if (result.success) return { ok: true, policy: result.data };
  return { ok: false, problems: result.error.issues.flatMap((issue) => toProblems(issue, json, [])) };
}

function toProblems(issue: Issue, json: unknown, prefix: PropertyKey[]): PolicyProblem[] {
  const path = [...prefix, ...issue.path];
  const value = valueAt(json, path);
  const one = (allowed: string, found = quoteFound(value)) => [
    { file: "", path: writePath(path), found, allowed },
  ];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        file: "",
        path: writePath(path),
        found: `unknown key ${quoteFound(key)}`,
        allowed: issue.message,
      }));
    case "invalid_value":
      return one(listValues(issue.values));
    case "invalid_type":
      return one(typeWords[issue.expected] ?? issue.expected);
    case "too_small":
      return one(
        bound(
          issue.origin,
          issue.exact ? "exactly" : issue.inclusive ? "at least" : "more than",
          issue.minimum,
        ),
      );
    case "too_big":
      return one(bound(issue.origin, "at most", issue.maximum));
    case "invalid_union":
      return unionProblems(issue, json, path) ?? one(issue.message);
    case "invalid_key":
      return one(issue.issues[0]?.message ?? issue.message, quoteFound(path.at(-1)));
    case "custom":
      return one(issue.message, issue.params?.found ?? quoteFound(value));
    default:
      return one(issue.message);
  }
}

/** Of a union, the branch the author meant: the one whose complaints are deepest inside the value. */
function unionProblems(issue: Issue & { code: "invalid_union" }, json: unknown, path: PropertyKey[]) {
  if (issue.errors.length === 0) {
    const options = (issue as { options?: unknown[] }).options;
    return (
      options && [
        {
          file: "",
          path: writePath(path),
          found: quoteFound(valueAt(json, path)),
          allowed: listValues(options),
        },
      ]
    );
  }
  const isObject = typeof valueAt(json, path) === "object";
  const meant = issue.errors.find(
    (branch) =>
      branch.every((inner) => isObject || inner.path.length > 0 || inner.code === "invalid_format") &&
      !branch.some(
        (inner) => inner.path.length === 0 && ["invalid_type", "invalid_value"].includes(inner.code),
      ),
  );
  if (meant) return meant.flatMap((inner) => toProblems(inner, json, path));
  const allowed = issue.errors.flatMap((branch) => branch.flatMap((inner) => toProblems(inner, json, path)));
  return [{ ...allowed[0]!, allowed: [...new Set(allowed.map((problem) => problem.allowed))].join(", or ") }];
}

const typeWords: Record<string, string> = {
  object: "an object",
  record: "an object",
  array: "a list",
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
};

function bound(origin: string, word: string, limit: number | bigint): string {
  const unit = origin === "string" ? " characters" : origin === "array" ? " entries" : "";
  return `${origin === "number" || origin === "int" ? "a number of " : ""}${word} ${limit}${unit}`;
}

const listValues = (values: readonly unknown[]) =>
  values.length === 1 ? quoteFound(values[0]) : `one of ${values.join(", ")}`;

function writePath(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  let value = json;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
