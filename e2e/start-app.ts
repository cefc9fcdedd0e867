import { mkdirSync, writeFileSync } from "node:fs";
import { launchProduct } from "./launch-product";

/**
 * Starts the product once for all stories. They find it through E2E_BASE_URL, and E2E_DATA_DIR makes the commands
 * (`npm run keys` with DATA_DIR set to it) find it too. What it printed is in test-results/product.log afterwards.
 */
export default async function startApp(): Promise<() => Promise<void>> {
  const product = await launchProduct();
  await product.ready;
  process.env.E2E_BASE_URL = product.url;
  process.env.E2E_DATA_DIR = product.dataDir;
  return async () => {
    await product.stop();
    mkdirSync("test-results", { recursive: true });
    writeFileSync("test-results/product.log", product.output());
  };
}
