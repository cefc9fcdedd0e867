import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { readConfig } from "@/lib/config";
import type { Context, SystemActor } from "@/lib/context";
import { CountersignError } from "@/lib/errors";
import { importDecisions } from "@/lib/imports/import-decisions";
import { type Mapping, parseMapping } from "@/lib/imports/mapping";
import { UnreadableFile } from "@/lib/imports/unreadable-file";
import { PolicyError } from "@/lib/policy/policy-error";
import { loadPolicies } from "@/lib/policy-files/load-policies";
import { parseStrictJson } from "@/lib/trust/parse-strict-json";
import { callersFolder, findFile } from "./find-file";
import { listRejected } from "./import/list-rejected";
import { parseImportArguments } from "./import/parse-arguments";
import { sayReport } from "./import/say-report";
import { loadEnvironmentFile, openOwnDatabase } from "./launcher/open-own-database";
import { PlainError } from "./launcher/step.mjs";
import { showProgress } from "./show-progress";

const ENDED = 2;

function readMapping(file: string): Mapping {
  const parsed = parseStrictJson(readFileSync(findFile(file)));
  if (!parsed.ok) throw new PlainError(`${file}: not strict JSON: ${parsed.message} (${parsed.path || "/"})`);
  try {
    return parseMapping(parsed.value);
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    const problems = (error.details.fields ?? []).map(({ path, message }) => `  ${path || "/"}: ${message}`);
    throw new PlainError(
      `The mapping ${file} is wrong:\n${problems.join("\n")}\ndocs/import.md explains it.`,
    );
  }
}

async function run(): Promise<void> {
  loadEnvironmentFile();
  const given = parseImportArguments(process.argv.slice(2));
  const file = findFile(given.file);
  const mapping = given.mappingFile === null ? null : readMapping(given.mappingFile);
  const policies = loadPolicies(readConfig().POLICIES_DIR);
  const rejectedFile = resolve(callersFolder(), given.rejectedFile);
  const db = openOwnDatabase();
  const actor: SystemActor = { kind: "system", name: "cli" };
  const ctx: Context<SystemActor> = { actor, db, policies, now: () => new Date() };
  const progress = showProgress();
  const startedAt = Date.now();
  const bytes = Math.max(statSync(file).size, 1);
  const rejected = listRejected(rejectedFile);
  try {
    const report = await importDecisions(ctx, {
      ...given,
      file,
      mapping,
      onProgress: (bytesRead, { lines }) => {
        const perSecond = Math.round((lines * 1000) / Math.max(Date.now() - startedAt, 1));
        progress.advance(Math.min(bytesRead / bytes, 1), `${lines} lines, ${perSecond} a second`);
      },
      onBad: rejected.add,
    }).finally(progress.end);
    console.log(`\n${sayReport(report, given.rejectedFile)}`);
    process.exitCode = report.bad > 0 ? 1 : 0;
  } finally {
    rejected.end();
    await db.close();
  }
}

try {
  await run();
} catch (error) {
  const explained = [PlainError, CountersignError, UnreadableFile, PolicyError];
  const isExplained = explained.some((known) => error instanceof known);
  console.error(`\n${isExplained ? (error as Error).message : (error as Error).stack}`);
  process.exitCode = ENDED;
}
