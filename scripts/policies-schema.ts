import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { policyJsonSchema } from "@/lib/policy/json-schema";

/**
 * `npm run policies:schema` writes policies/policy.schema.json, by which editors complete and check a policy.json;
 * with `--check` it only says whether that file is as it should be, and exits 1 when it is not.
 */
const file = fileURLToPath(new URL("../policies/policy.schema.json", import.meta.url));
const text = `${JSON.stringify(policyJsonSchema(), null, 2)}\n`;

if (!process.argv.includes("--check")) {
  writeFileSync(file, text);
  console.log("policies/policy.schema.json is written.");
} else if (existsSync(file) && readFileSync(file, "utf8") === text) {
  console.log("policies/policy.schema.json is what the code checks.");
} else {
  console.error("policies/policy.schema.json is stale: `npm run policies:schema` writes it anew.");
  process.exitCode = 1;
}
