// `npm start`: makes a fresh checkout ready, skips what has not changed, and hands over to start.ts in this process.
import { existsSync } from "node:fs";

process.stdout.on("error", () => {});
const { PlainError } = await import("./launcher/step.mjs");
try {
  const { build, checkNode, generate, install, root } = await import("./launcher/prepare.mjs");
  checkNode();
  process.chdir(root);
  if (existsSync(".env")) process.loadEnvFile(".env");
  console.log("Countersign");
  await install();
  await generate();
  await build();
  const { register } = await import("tsx/esm/api");
  register();
  const { startCountersign } = await import("./start.ts");
  await startCountersign();
} catch (error) {
  console.error(`\n${error instanceof PlainError ? error.message : (error?.stack ?? error)}\n`);
  process.exit(1);
}
