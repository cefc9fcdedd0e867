import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const secretsSchema = z.object({
  AUTH_SECRET: z.string().min(32),
  WEBHOOK_SECRET: z.string().startsWith("whsec_"),
  RETAIL_WEBHOOK_SECRET: z.string().startsWith("whsec_"),
});
export type Secrets = z.infer<typeof secretsSchema>;

/**
 * The secrets a demo needs, made once and kept in `secrets.json` of the data folder, readable by its owner alone.
 * @throws Error when the file is there but not what was written.
 */
export function loadSecrets(dataDir: string): Secrets {
  const file = join(dataDir, "secrets.json");
  try {
    return secretsSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
      throw new Error(
        `${file} cannot be read as secrets. Restore it, or delete it: people then sign in again.`,
        {
          cause: error,
        },
      );
    }
  }
  const webhookSecret = () => `whsec_${randomBytes(32).toString("base64")}`;
  const secrets: Secrets = {
    AUTH_SECRET: randomBytes(32).toString("base64"),
    WEBHOOK_SECRET: webhookSecret(),
    RETAIL_WEBHOOK_SECRET: webhookSecret(),
  };
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, {
    mode: 0o600,
    flush: true,
  } as object);
  renameSync(`${file}.new`, file);
  return secrets;
}
