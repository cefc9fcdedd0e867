import { createTestDatabase } from "@/lib/db/test-database";
import { run } from "./run-stage.mjs";

/** Migrates a database of its own, embedded or on TEST_DATABASE_URL, and compares it with schema.prisma. */
const database = await createTestDatabase();
const agrees = await run(["--import", "tsx", "scripts/db-drift.ts"], { DATABASE_URL: database.url });
await database.drop();
process.exit(agrees ? 0 : 1);
