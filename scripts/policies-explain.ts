import { readFileSync } from "node:fs";
import { readConfig } from "@/lib/config";
import { PolicyError } from "@/lib/policy/policy-error";
import { explainFacts, formatExplanation } from "@/lib/policy-files/explain-facts";
import { loadPolicies } from "@/lib/policy-files/load-policies";
import { parseStrictJson } from "@/lib/trust/parse-strict-json";
import { loadEnvironmentFile } from "./launcher/open-own-database";
import { PlainError } from "./launcher/step.mjs";

const USAGE = `npm run policies:explain -- TYPE FACTS
  TYPE    an action type
  FACTS   a JSON file of facts by name, {"amount": 620, "customer_months": 9}; - reads standard input`;

/** Prints what a policy makes of some facts: tier, route, rule, and every comparison. Exits 2 on bad input. */
function run([actionType, file, ...more]: string[]): void {
  if (actionType === undefined || file === undefined || more.length > 0) throw new PlainError(USAGE);
  const { POLICIES_DIR } = readConfig();
  const policies = loadPolicies(POLICIES_DIR);
  const policy = policies.get(actionType);
  if (!policy) {
    const known = [...policies.keys()].join(", ");
    throw new PlainError(
      `No policy covers the action type ${JSON.stringify(actionType)}. There are: ${known}.`,
    );
  }
  const explanation = explainFacts(policy, readFacts(file));
  console.log(formatExplanation(explanation, actionType).join("\n"));
}

function readFacts(file: string): Record<string, unknown> {
  const name = file === "-" ? "standard input" : file;
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file === "-" ? 0 : file);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new PlainError(`${name}: ${missing ? "there is no such file" : (error as Error).message}.`);
  }
  const parsed = parseStrictJson(bytes);
  if (!parsed.ok) throw new PlainError(`${name} is not JSON: ${parsed.message}`);
  const { value } = parsed;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new PlainError(`${name} must hold one object of facts by name, such as {"amount": 620}.`);
  }
  return value as Record<string, unknown>;
}

try {
  loadEnvironmentFile();
  run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof PolicyError || error instanceof PlainError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
