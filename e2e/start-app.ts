import { mkdirSync, writeFileSync } from "node:fs";
import { findFreePort } from "@/scripts/launcher/claim-port";
import { launchProduct } from "./launch-product";

/**
 * Starts the product once for all stories. They find it through E2E_BASE_URL, and E2E_DATA_DIR makes the commands
 * (`npm run keys` with DATA_DIR set to it) find it too. What it printed is in test-results/product.log afterwards. The
 * drafter asks for a model at E2E_MODEL_PORT, where a story may start one (lib/drafting/model-fixture.ts).
 */
export default async function startApp(): Promise<() => Promise<void>> {
  const modelPort = await findFreePort();
  const product = await launchProduct({
    environment: { DRAFTING_MODEL: "scripted", OPENAI_BASE_URL: `http://127.0.0.1:${modelPort}/v1` },
  });
  await product.ready;
  process.env.E2E_BASE_URL = product.url;
  process.env.E2E_DATA_DIR = product.dataDir;
  process.env.E2E_MODEL_PORT = String(modelPort);
  return async () => {
    await product.stop();
    mkdirSync("test-results", { recursive: true });
    writeFileSync("test-results/product.log", product.output());
  };
}
