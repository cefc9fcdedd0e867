import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const setupFiles = ["scripts/launcher/property-seed.ts"];
/** Tests of the embedded database itself, which are the same whatever server the others are run on. */
const embedded = process.env.TEST_DATABASE_URL ? ["scripts/embedded-database/**"] : [];
const alias = { "@": fileURLToPath(new URL(".", import.meta.url)) };

/**
 * Three suites: `unit` touches no database; `db` (files named *.db.test.ts) gets a database of its own each; `faults`
 * starts the whole built product and kills its processes.
 */
export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          setupFiles,
          include: ["{lib,components,app,scripts,policies}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.db.test.ts", "**/node_modules/**"],
          // Property tests try thousands of cases, and a busy machine takes its time over them.
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "db",
          setupFiles,
          include: ["{lib,app,scripts}/**/*.db.test.ts"],
          exclude: ["**/node_modules/**", ...embedded],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        resolve: { alias },
        test: { name: "faults", include: ["e2e/faults/**/*.test.ts"], fileParallelism: false },
      },
    ],
  },
});
