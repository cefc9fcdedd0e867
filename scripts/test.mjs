// `npm test [-- stage …]`: gets what is missing and runs every test there is, or the stages named.
import { randomBytes } from "node:crypto";
import { getBrowser } from "./launcher/find-browser.mjs";
import { build, checkNode, generate, install, root } from "./launcher/prepare.mjs";
import { clearReports, readCounts, run, runPlaywright, runVitest } from "./launcher/run-stage.mjs";
import { PlainError } from "./launcher/step.mjs";

const attempt = (work) => work().then(() => true);
/** In order; `report` names the counts a stage leaves. */
const STAGES = {
  check: { report: "unit", work: () => run(["scripts/check.mjs"]) },
  policies: { work: () => run(["--import", "tsx", "scripts/policies-check.ts"]) },
  database: { report: "db", work: () => runVitest("db") },
  drift: { work: () => run(["--import", "tsx", "scripts/launcher/check-drift.ts"]) },
  build: { work: () => attempt(build) },
  browser: { report: "browser", work: async () => (await attempt(getBrowser)) && runPlaywright() },
  faults: { report: "faults", work: async () => (await attempt(build)) && runVitest("faults") },
};

let failure = "";
try {
  checkNode();
  process.chdir(root);
  const wanted = process.argv.slice(2);
  const odd = wanted.find((name) => !Object.hasOwn(STAGES, name));
  if (odd)
    throw new PlainError(`There is no stage "${odd}". The stages are ${Object.keys(STAGES).join(", ")}.`);
  // Database tests of one run share a template on a real server; another run makes its own.
  process.env.TEST_RUN_ID ??= randomBytes(4).toString("hex");
  clearReports();
  await install();
  await generate();
  for (const [name, stage] of Object.entries(STAGES)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(`\n════ ${name} ════`);
    if (!(await stage.work())) throw new PlainError(`npm test failed at the stage "${name}".`);
  }
} catch (error) {
  failure = error instanceof PlainError ? error.message : error.stack;
}

const counts = Object.values(STAGES).flatMap(({ report }) => (report ? [readCounts(report)] : []));
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
if (failure) console.error(`\n${failure}`);
// A stage without tests of its own (types, build) that fails counts as one.
console.log(`\n${passed} passed, ${failure ? Math.max(failed, 1) : failed} failed`);
process.exit(failure ? 1 : 0);
