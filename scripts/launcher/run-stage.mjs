import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bin, root } from "./prepare.mjs";

const reports = join(root, "node_modules/.cache/countersign/reports");

/** Runs a program of the checkout with everything it prints shown. Resolves to whether it succeeded. */
export function run(args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, NODE_ENV: undefined, ...env },
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.on("error", () => resolve(false));
    child.on("close", (code) => resolve(code === 0));
  });
}

/** Empties the folder of test reports, so that no count of a former run is taken for one of this. */
export function clearReports() {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
}

/** Runs one project of vitest and leaves its counts as a report. */
export function runVitest(project, env = {}) {
  const file = join(reports, `${project}.json`);
  mkdirSync(reports, { recursive: true });
  const args = [
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ];
  return run([bin.vitest, ...args], env);
}

/** Runs the browser tests and leaves their counts as a report. */
export function runPlaywright() {
  const file = join(reports, "browser.json");
  return run([bin.playwright, "test", "--reporter=list,json"], { PLAYWRIGHT_JSON_OUTPUT_FILE: file });
}

/** How many tests passed and failed by the report of one name; zero of both when it left none. */
export function readCounts(name) {
  const file = join(reports, `${name}.json`);
  return existsSync(file) ? countTests(JSON.parse(readFileSync(file, "utf8"))) : { passed: 0, failed: 0 };
}

/** The counts of a vitest or a Playwright JSON report. A file that could not even be loaded is one failure. */
export function countTests(report) {
  if (report.stats) {
    const { expected, unexpected, flaky } = report.stats;
    return { passed: expected + flaky, failed: unexpected + report.errors.length };
  }
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((result) => result.status === "failed"),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}
