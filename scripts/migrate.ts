import { readConfig } from "@/lib/config";
import { migrate } from "@/lib/db/migrate";

const { DATABASE_URL } = readConfig();
if (!DATABASE_URL) {
  console.error(
    "Set DATABASE_URL to the database to migrate. (`npm start` migrates the embedded one by itself.)",
  );
  process.exit(1);
}
const applied = await migrate(DATABASE_URL);
console.log(applied.length ? `Applied ${applied.join(", ")}.` : "The database is up to date.");
process.exit(0);
