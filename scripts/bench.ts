import { parseOptions } from "./bench/parse-options";
import { generate } from "./launcher/prepare.mjs";
import { PlainError } from "./launcher/step.mjs";

// What is measured imports the generated database client, which a fresh checkout does not have yet.
try {
  const options = parseOptions(process.argv.slice(2));
  await generate();
  const { loadEnvironmentFile } = await import("./launcher/open-own-database");
  loadEnvironmentFile();
  const { runBench } = await import("./bench/run-bench");
  await runBench(options);
} catch (error) {
  console.error(error instanceof PlainError ? error.message : error);
  process.exitCode = 1;
}
process.exit();
