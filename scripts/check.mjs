// `npm run check`: format, lint, types and unit tests; and the schema against its migrations where a database is named.
import { bin, checkNode, generate, install, root } from "./launcher/prepare.mjs";
import { run, runVitest } from "./launcher/run-stage.mjs";
import { PlainError } from "./launcher/step.mjs";

const parts = [
  ["format and lint", () => run([bin.biome, "ci", "--error-on-warnings"])],
  ["types", async () => (await run([bin.next, "typegen"])) && run([bin.tsc, "--noEmit", "-p", "."])],
  ["the published policy schema", () => run(["--import", "tsx", "scripts/policies-schema.ts", "--check"])],
  ["unit tests", () => runVitest("unit")],
];
if (process.env.TEST_DATABASE_URL) {
  parts.push([
    "schema and migrations agree",
    () => run(["--import", "tsx", "scripts/launcher/check-drift.ts"]),
  ]);
}

try {
  checkNode();
  process.chdir(root);
  await install();
  await generate();
  for (const [name, work] of parts) {
    console.log(`\n── ${name} ──`);
    if (!(await work())) throw new PlainError(`check failed: ${name}`);
  }
  console.log("\ncheck passed");
} catch (error) {
  console.error(`\n${error instanceof PlainError ? error.message : error.stack}`);
  process.exit(1);
}
