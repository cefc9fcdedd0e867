import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readConfig } from "@/lib/config";
import { type Database, openDatabase } from "@/lib/db/database";
import { readRuntime } from "./runtime-file";
import { PlainError } from "./step.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Reads the file .env of the checkout into the environment; what is set already wins. */
export function loadEnvironmentFile(): void {
  const file = resolve(root, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
}

/**
 * The database that `npm start` uses with the same settings: DATABASE_URL, else the embedded one that runs.
 * @throws PlainError when there is neither.
 */
export function openOwnDatabase(): Database {
  const { DATABASE_URL, DATA_DIR } = readConfig();
  const dataDir = resolve(root, DATA_DIR);
  const url = DATABASE_URL ?? readRuntime(dataDir)?.databaseUrl;
  if (url) return openDatabase(url, 2);
  throw new PlainError(
    `Countersign does not run on ${dataDir}. Start it with \`npm start\` and try again in a second terminal, ` +
      "or set DATABASE_URL to the database it uses.",
  );
}
