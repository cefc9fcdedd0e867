import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { type CompiledPolicy, compilePolicy } from "@/lib/policy/compile-policy";
import { parsePolicy } from "@/lib/policy/parse-policy";
import { PolicyError, type PolicyProblem } from "@/lib/policy/policy-error";
import type { Policy } from "@/lib/policy/schema";
import { payloadHash } from "@/lib/trust/sha256";
import { type CheckTemplate, readCheckTemplates } from "./check-templates";
import { compilePayloadSchema, type PayloadSchema, type ValidatePayload } from "./compile-payload-schema";
import { readJsonFile } from "./read-json-file";
import { type FactSource, resolveFactSources } from "./resolve-fact-sources";

/** One folder of policies, ready to classify drafts of its action type. */
export type LoadedPolicy = {
  actionType: string;
  /** Compiled, for `evaluate`. */
  policy: CompiledPolicy;
  /** policy.json exactly as written. */
  raw: Policy;
  /** policy.md; empty when the folder has none. */
  prose: string;
  payloadSchema: PayloadSchema;
  validatePayload: ValidatePayload;
  /** SHA-256 (hex) over the canonical JSON of what policy.json, policy.md and schema.json say. */
  hash: string;
  /** Where each fact comes from that the policy mentions, by name. */
  factSources: Readonly<Record<string, FactSource>>;
  /** Drafts that ought to be rejected, of checks.json; left out where a former version is read from the database. */
  checks?: readonly CheckTemplate[];
};

/** The policies of a deployment, by action type, in alphabetical order. */
export type LoadedPolicies = ReadonlyMap<string, LoadedPolicy>;

/**
 * Reads every policy folder below `dir`. A folder counts when it holds policy.json or schema.json.
 * Throws one PolicyError with every problem of every folder: nothing is served on a policy that cannot be read.
 */
export function loadPolicies(dir: string): LoadedPolicies {
  const problems: PolicyProblem[] = [];
  const loaded = new Map<string, LoadedPolicy>();
  for (const folder of listPolicyFolders(dir)) {
    const policy = loadFolder(folder, problems);
    if (policy) loaded.set(policy.actionType, policy);
  }
  if (problems.length > 0) throw new PolicyError(problems);
  if (loaded.size > 0) return loaded;
  const allowed = "at least one sub-folder with policy.json and schema.json";
  throw new PolicyError([{ file: dir, path: "", found: "no policies", allowed }]);
}

/** The policy folders below `dir`, sorted by name. Throws PolicyError when `dir` cannot be listed. */
export function listPolicyFolders(dir: string): string[] {
  let names: string[];
  try {
    names = readdirSync(dir).sort();
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw new PolicyError([{ file: dir, path: "", found, allowed: "a readable folder (POLICIES_DIR)" }]);
  }
  return names
    .filter((name) => !name.startsWith("."))
    .map((name) => join(dir, name))
    .filter((folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    .filter((folder) => ["policy.json", "schema.json"].some((file) => existsSync(join(folder, file))));
}

function loadFolder(folder: string, problems: PolicyProblem[]): LoadedPolicy | null {
  const before = problems.length;
  const policyFile = join(folder, "policy.json");
  const schemaFile = join(folder, "schema.json");
  const policyJson = readJsonFile(policyFile, problems);
  const schemaJson = readJsonFile(schemaFile, problems);
  const prose = readProse(join(folder, "policy.md"), problems);

  const parsed = policyJson && parsePolicy(policyJson.value);
  if (parsed && !parsed.ok)
    problems.push(...parsed.problems.map((problem) => ({ ...problem, file: policyFile })));
  const raw = parsed?.ok ? parsed.policy : null;
  if (raw && raw.action_type !== basename(folder)) {
    const allowed = `${JSON.stringify(basename(folder))}, the name of the folder`;
    problems.push({ file: policyFile, path: "action_type", found: JSON.stringify(raw.action_type), allowed });
  }
  const schema = schemaJson && compilePayloadSchema(schemaJson.value, schemaFile, problems);
  if (!raw || !schema || !policyJson || !schemaJson) return null;

  const policy = compilePolicy(raw);
  const factSources = resolveFactSources(raw, policy.factNames, schema.properties, policyFile, problems);
  if (problems.length > before) return null;
  const { validatePayload } = schema;
  const judge = { policy, validatePayload, factSources };
  const checks = readCheckTemplates(join(folder, "checks.json"), judge, problems);
  if (problems.length > before) return null;
  return {
    actionType: raw.action_type,
    policy,
    raw,
    prose,
    payloadSchema: schema.payloadSchema,
    validatePayload,
    checks,
    hash: payloadHash({ policy: policyJson.value, prose, schema: schemaJson.value }),
    factSources,
  };
}

/** Line ends are unified, so that a checkout on another system is the same policy version. */
function readProse(file: string, problems: PolicyProblem[]): string {
  if (!existsSync(file)) return "";
  try {
    return readFileSync(file, "utf8")
      .replace(/^\uFEFF/, "")
      .replaceAll("\r\n", "\n")
      .toWellFormed();
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    problems.push({ file, path: "", found, allowed: "a readable text" });
    return "";
  }
}
