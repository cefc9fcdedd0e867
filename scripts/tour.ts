import { generate } from "./launcher/prepare.mjs";

// What the tour is made with imports the generated database client, which a fresh checkout does not have yet.
try {
  await generate();
  const { makeTour } = await import("./tour/make-tour");
  await makeTour();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
process.exit();
