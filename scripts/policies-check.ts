import { parseArgs } from "node:util";
import { readConfig } from "@/lib/config";
import { openDatabase } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { PolicyError } from "@/lib/policy/policy-error";
import { checkPolicies } from "@/lib/policy-files/check-policies";
import { formatFinding } from "@/lib/policy-files/finding";
import { loadCases } from "@/lib/policy-files/load-cases";
import { loadPolicies } from "@/lib/policy-files/load-policies";
import { loadEnvironmentFile } from "./launcher/open-own-database";
import { PlainError } from "./launcher/step.mjs";

const USAGE = `npm run policies:check -- [folder] [--approver-rules NAME,NAME]
  folder             the policies; default: POLICIES_DIR, or policies
  --approver-rules   the approver rules that exist; default: those in the database that DATABASE_URL names, if it is set`;

/** Loads the policies, runs their golden cases, looks for what cannot be meant; exits 1 on any error. */
async function run(): Promise<void> {
  const { values, positionals } = readArguments();
  const { POLICIES_DIR, DATABASE_URL } = readConfig();
  const dir = positionals[0] ?? POLICIES_DIR;
  const policies = loadPolicies(dir);
  const named = values["approver-rules"];
  const approverRules =
    named !== undefined
      ? new Set(
          named
            .split(",")
            .map((name) => name.trim())
            .filter(Boolean),
        )
      : DATABASE_URL
        ? await readApproverRules(DATABASE_URL)
        : null;

  const { rows, findings } = checkPolicies(policies, loadCases(dir), approverRules);
  const table = [
    ["action type", "rules", "covered", "blocks", "cases", "failed"],
    ...rows.map((row) =>
      [row.actionType, row.rules, row.covered, row.hardBlocks, row.cases, row.failed].map(String),
    ),
  ];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  for (const [name = "", ...numbers] of table) {
    const cells = numbers.map((number, column) => number.padStart(widths[column + 1]!));
    console.log([name.padEnd(widths[0]!), ...cells].join("  "));
  }
  for (const finding of findings) {
    console.log(`\n${formatFinding(finding, dir)}`);
    for (const detail of finding.details) console.log(`    ${detail}`);
  }
  if (approverRules === null) {
    console.log("\nNot checked: whether approver rules exist. Set DATABASE_URL or give --approver-rules.");
  }
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  console.log(`\n${count("error")} errors, ${count("warning")} warnings.`);
  if (count("error")) process.exitCode = 1;
}

function readArguments() {
  try {
    const options = { "approver-rules": { type: "string" } } as const;
    const parsed = parseArgs({ options, allowPositionals: true });
    if (parsed.positionals.length <= 1) return parsed;
  } catch {}
  throw new PlainError(USAGE);
}

async function readApproverRules(url: string): Promise<Set<string>> {
  const db = openDatabase(url, 1);
  try {
    const rows = await db.rows<{ name: string }>(sql`SELECT name FROM approver_rule`);
    return new Set(rows.map(({ name }) => name));
  } catch (error) {
    const why = error instanceof Error && error.message ? error.message : "it cannot be reached";
    throw new PlainError(
      `The approver rules could not be read from the database that DATABASE_URL names: ${why}. ` +
        "Start and migrate it, or unset DATABASE_URL to leave them unchecked.",
    );
  } finally {
    await db.close();
  }
}

try {
  loadEnvironmentFile();
  await run();
} catch (error) {
  if (!(error instanceof PolicyError || error instanceof PlainError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
