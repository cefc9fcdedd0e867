import { resolve } from "node:path";
import { launchProduct } from "@/e2e/launch-product";
import { openDatabase } from "@/lib/db/database";
import { getDirectory } from "@/lib/directory/load-directory";
import { onCallAt } from "@/lib/routing/on-call";
import { setTheStage } from "./tour/set-the-stage";
import { takePictures } from "./tour/take-pictures";

// `npm run tour`: starts the product on a demo organisation of its own, fills it, and takes the pictures of docs/tour.md.
const folder = resolve("docs/images");
const product = await launchProduct();
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
  const idOf = (summary: RegExp) => {
    const found = [...ids].filter(([text]) => summary.test(text)).at(-1);
    if (!found) throw new Error(`No draft of the tour is called ${summary}.`);
    return found[1];
  };
  console.log("Taking pictures");
  await takePictures({ url: `http://localhost:${product.port}`, financeOnCall, idOf }, folder);
} catch (error) {
  console.error(error, `\n${product.output().slice(-4000)}`);
  process.exitCode = 1;
} finally {
  await product.stop();
}
process.exit();
