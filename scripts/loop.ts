import { generate } from "./launcher/prepare.mjs";

// What the loop runs imports the generated database client, which a fresh checkout does not have yet.
try {
  await generate();
  const { runLoop } = await import("./loop/run-loop");
  await runLoop(process.argv[2]);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
process.exit();
