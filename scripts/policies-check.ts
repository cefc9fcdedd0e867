import { join } from "node:path";
import { PolicyError } from "@/lib/policy/policy-error";
import { checkPolicies } from "@/lib/policy-files/check-policies";
import { loadCases } from "@/lib/policy-files/load-cases";
import { loadPolicies } from "@/lib/policy-files/load-policies";

/** `npm run policies:check [-- folder]`: loads the policies, runs their golden cases, exits 1 on any error. */
const dir = process.argv[2] ?? process.env.POLICIES_DIR ?? "policies";

try {
  const { rows, findings } = checkPolicies(loadPolicies(dir), loadCases(dir));
  const width = Math.max(11, ...rows.map(({ actionType }) => actionType.length));
  console.log(`${"action type".padEnd(width)}  rules  blocks  cases  failed`);
  for (const { actionType, rules, hardBlocks, cases, failed } of rows) {
    const numbers = [String(rules).padStart(5), String(hardBlocks).padStart(6), String(cases).padStart(5)];
    console.log([actionType.padEnd(width), ...numbers, String(failed).padStart(6)].join("  "));
  }
  for (const { severity, actionType, file, message, details } of findings) {
    console.log(`\n${severity}: ${join(dir, actionType, file)}: ${message}`);
    for (const detail of details) console.log(`    ${detail}`);
  }
  const errors = findings.filter(({ severity }) => severity === "error").length;
  console.log(errors ? `\n${errors} problem(s) found.` : "\nAll golden cases pass.");
  if (errors) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof PolicyError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
