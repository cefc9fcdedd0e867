import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { launchProduct } from "@/e2e/launch-product";
import { openDatabase } from "@/lib/db/database";
import { getDirectory } from "@/lib/directory/load-directory";
import { startModelServer } from "@/lib/drafting/model-fixture";
import { onCallAt } from "@/lib/routing/on-call";
import { makePast } from "./make-past";
import { setTheStage } from "./set-the-stage";
import { takePictures } from "./take-pictures";

/**
 * Starts the product on a demo organisation of its own, fills it, and takes the pictures of docs/tour.md into docs/images.
 * @throws Error with what the product printed last, when anything fails.
 */
export async function makeTour(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "countersign-tour-"));
  const model = await startModelServer();
  console.log("Making eight weeks of decisions");
  await makePast(dataDir);
  const product = await launchProduct({
    dataDir,
    environment: { DRAFTING_MODEL: "a-model-of-yours", OPENAI_BASE_URL: model.url },
  });
  try {
    console.log("Starting the product");
    await product.ready;
    const db = openDatabase(product.runtime()!.databaseUrl, 2);
    console.log("Submitting drafts, and deciding some");
    const ids = await setTheStage(db);
    const { schedules, people } = await getDirectory(db);
    const { definition, overrides } = schedules.get("sch_finance")!;
    const financeOnCall = people.get(onCallAt(definition, overrides, new Date())!.personId)!.name;
    await db.close();
    const idOf = (summary: RegExp): string => {
      const found = [...ids].filter(([text]) => summary.test(text)).at(-1);
      if (!found) throw new Error(`No draft of the tour is called ${summary}.`);
      return found[1];
    };
    console.log("Taking pictures");
    const url = `http://localhost:${product.port}`;
    await takePictures({ url, financeOnCall, idOf, model }, resolve("docs/images"));
  } catch (cause) {
    throw new Error(`The tour ended early. The product said:\n${product.output().slice(-4000)}`, { cause });
  } finally {
    await product.stop();
    await model.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
