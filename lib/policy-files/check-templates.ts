import { existsSync } from "node:fs";
import { z } from "zod";
import { submissionSchema } from "@/lib/drafts/submission";
import { type CompiledPolicy, type Facts, SUBJECT_MISMATCH } from "@/lib/policy/compile-policy";
import { type Classification, evaluate } from "@/lib/policy/evaluate";
import { readPointer } from "@/lib/policy/pointer";
import type { PolicyProblem } from "@/lib/policy/policy-error";
import { runsBeforeReview } from "@/lib/policy/scrutiny";
import type { ValidatePayload } from "./compile-payload-schema";
import { readJsonFile } from "./read-json-file";
import type { FactSource } from "./resolve-fact-sources";

const { payload, summary, reasoning, confidence, evidence, subject, expected_outcome } =
  submissionSchema.shape;
const template = z.strictObject({
  name: z.string().trim().min(1).max(100),
  /** Why it ought to be rejected: what its decider is told, in a sentence that follows "because". */
  because: z.string().trim().min(10).max(500),
  /** Invented ids by name, each a pattern whose `?` become digits; texts name them as `{name}`. */
  ids: z
    .record(
      z.string().regex(/^[a-z_]{1,30}$/),
      z
        .string()
        .regex(/\?{4,}/, "four `?` in a row at least")
        .max(100),
    )
    .default({}),
  /** What trusted systems would have said of it, so that its rule decides. */
  facts: z.record(z.string(), z.unknown()).default({}),
  payload,
  summary,
  reasoning,
  confidence,
  expected_outcome,
  evidence,
  subject,
});

/** A draft that ought to be rejected, as checks.json of a policy folder has it. */
export type CheckTemplate = z.output<typeof template>;

/** A template with its ids invented: what a check is made of. */
export type FilledCheck = Omit<CheckTemplate, "ids">;

interface PolicyOfChecks {
  policy: CompiledPolicy;
  validatePayload: ValidatePayload;
  factSources: Readonly<Record<string, FactSource>>;
}

/** Reads checks.json beside a policy; what cannot become a check is a problem. Empty without the file. */
export function readCheckTemplates(
  file: string,
  policy: PolicyOfChecks,
  problems: PolicyProblem[],
): CheckTemplate[] {
  const json = existsSync(file) ? readJsonFile(file, problems) : null;
  if (!json) return [];
  const result = z.array(template).max(200).safeParse(json.value);
  if (!result.success) {
    for (const { path, message } of result.error.issues) {
      const place = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
      problems.push({ file, path: place, found: "a check that cannot be made", allowed: message });
    }
    return [];
  }
  const names = result.data.map(({ name }) => name);
  result.data.forEach((each, at) => {
    if (names.indexOf(each.name) !== at) {
      problems.push({ file, path: `[${at}].name`, found: `"${each.name}" again`, allowed: "each name once" });
    }
    problems.push(
      ...problemsOf(each, policy).map((problem) => ({ ...problem, file, path: `[${at}]${problem.path}` })),
    );
  });
  return result.data;
}

function problemsOf(each: CheckTemplate, policy: PolicyOfChecks): Omit<PolicyProblem, "file">[] {
  const filled = fillTemplate(each, () => "0");
  const left = JSON.stringify(filled).match(/\{[a-z_]{1,30}\}/)?.[0];
  if (left) return [{ path: "", found: `${left}, which no id is named`, allowed: "a name of `ids`" }];
  const check = policy.validatePayload(filled.payload);
  if (!check.ok) {
    return check.errors.map(({ path, message }) => ({
      path: `.payload${path}`,
      found: "a payload that its schema refuses",
      allowed: message,
    }));
  }
  const stray = Object.keys(filled.facts).filter((name) => {
    const source = policy.factSources[name];
    return !source || source.kind === "payload";
  });
  if (stray.length > 0) {
    const allowed = "facts that the policy looks at and that are not in the payload";
    return [{ path: `.facts.${stray[0]}`, found: "a fact that is not for here", allowed }];
  }
  const judged = judgeCheck(policy, filled.payload, (name) =>
    Object.hasOwn(filled.facts, name) ? { value: filled.facts[name], source: "check" } : undefined,
  );
  if (maybeSeeded(judged)) return [];
  const why = judged.blocked_by.length > 0 ? `blocked by ${judged.blocked_by.join(", ")}` : judged.route;
  return [
    {
      path: ".facts",
      found: `${why} by rule "${judged.rule_name}" (${judged.reasons.join("; ")})`,
      allowed: `facts by which a rule sends it to batch_review, for one approval, with no hard block unknown${runsBeforeReview(judged.route) ? "; by now it would run by itself: take it out, or make it one that people still see" : ""}`,
    },
  ];
}

/** Checks are mixed into the batch queue, where one person decides. */
export const maybeSeeded = (judged: Classification): boolean =>
  judged.route === "batch_review" &&
  judged.tier !== "prohibited" &&
  judged.rule !== null &&
  judged.approvals_required === 1 &&
  judged.blocked_by.length === 0 &&
  judged.unresolved_blocks.length === 0;

/** A check is about the subject that it names. */
const NO_MISMATCH = { value: false, source: "computed by Countersign" };

/** What the policy says of a check: payload facts are those of the payload, all others what `factOf` says. */
export function judgeCheck(
  { policy, factSources }: Pick<PolicyOfChecks, "policy" | "factSources">,
  payload: unknown,
  factOf: (name: string) => Facts[string],
): Classification {
  const facts = Object.entries(factSources).flatMap(([name, source]) => {
    const value = source.kind === "payload" ? readPointer(payload, source.pointer) : undefined;
    const fact =
      source.kind === "payload" ? value !== undefined && { value, source: "payload" } : factOf(name);
    return fact ? [[name, fact] as const] : [];
  });
  const tie = policy.subjectFrom && { [SUBJECT_MISMATCH]: factOf(SUBJECT_MISMATCH) ?? NO_MISMATCH };
  return evaluate(policy, { ...Object.fromEntries(facts), ...tie });
}

/** The template with every `?` of its ids replaced by a digit, and every `{name}` in its texts by that id. */
export function fillTemplate({ ids, ...each }: CheckTemplate, digit: () => string): FilledCheck {
  const invented = new Map(
    Object.entries(ids).map(([name, pattern]) => [name, pattern.replaceAll("?", () => digit())]),
  );
  const fill = (value: unknown): unknown => {
    if (typeof value === "string") {
      return value.replaceAll(/\{([a-z_]{1,30})\}/g, (text, name) => invented.get(name) ?? text);
    }
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, fill(part)]));
  };
  return fill(each) as FilledCheck;
}
