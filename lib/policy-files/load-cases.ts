import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { PolicyError, type PolicyProblem } from "@/lib/policy/policy-error";
import { ROUTES, TIERS } from "@/lib/policy/scrutiny";
import { listPolicyFolders } from "./load-policies";
import { readJsonFile } from "./read-json-file";

const goldenCase = z
  .strictObject({
    name: z.string().min(1),
    facts: z.record(z.string(), z.unknown()),
    tier: z.enum(TIERS).optional(),
    route: z.enum(ROUTES).optional(),
    blocked_by: z.array(z.string()).min(1).optional(),
    unresolved_blocks: z.array(z.string()).optional(),
    approver_rule: z.string().nullable().optional(),
    approvals_required: z.int().optional(),
    rule_name: z.string().optional(),
    decided_by: z.enum(["rule", "unknown_fact", "default", "hard_block", "prohibited"]).optional(),
  })
  .refine((entry) => entry.tier !== undefined || entry.blocked_by !== undefined, "a tier, or blocked_by");

/** Facts, and what the policy must make of them. Only what a case names is compared. */
export type GoldenCase = z.output<typeof goldenCase>;
/** The golden cases by action type; a type without cases.json is missing. */
export type LoadedCases = ReadonlyMap<string, GoldenCase[]>;

/** Reads cases.json of every policy folder below `dir`. Throws one PolicyError with every problem. */
export function loadCases(dir: string): LoadedCases {
  const problems: PolicyProblem[] = [];
  const loaded = new Map<string, GoldenCase[]>();
  for (const folder of listPolicyFolders(dir)) {
    const cases = readCases(folder, problems);
    if (cases) loaded.set(basename(folder), cases);
  }
  if (problems.length > 0) throw new PolicyError(problems);
  return loaded;
}

/** Reads cases.json of one policy folder below `dir`; empty when it has none. Throws one PolicyError with every problem. */
export function loadCasesOf(dir: string, actionType: string): GoldenCase[] {
  const problems: PolicyProblem[] = [];
  const cases = readCases(join(dir, actionType), problems);
  if (problems.length > 0) throw new PolicyError(problems);
  return cases ?? [];
}

/** Null without the file, or with the problems appended when it cannot be run. */
function readCases(folder: string, problems: PolicyProblem[]): GoldenCase[] | null {
  const file = join(folder, "cases.json");
  const json = existsSync(file) ? readJsonFile(file, problems) : null;
  if (!json) return null;
  const result = z.array(goldenCase).safeParse(json.value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const path = issue.path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
    problems.push({ file, path, found: "a case that cannot be run", allowed: issue.message });
  }
  return null;
}
