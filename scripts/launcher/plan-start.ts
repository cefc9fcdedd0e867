import { resolve } from "node:path";
import type { Config } from "@/lib/config";
import { PlainError } from "./step.mjs";

export interface StartPlan {
  /** Whether the launcher brings the database itself. */
  embedded: boolean;
  demo: boolean;
  /** Absolute. */
  dataDir: string;
  /** Where to listen, `*` for every address: the first must work, the others where the machine has them. */
  addresses: string[];
  /** The address to give to people on this machine. */
  url: string;
}

/**
 * What `npm start` is going to do with these settings. DEMO is on where nothing says otherwise and no DATABASE_URL is
 * given, and only there.
 * @throws PlainError naming the setting that is missing.
 */
export function planStart(config: Config, environment: NodeJS.ProcessEnv, root: string): StartPlan {
  const embedded = !config.DATABASE_URL;
  const demo = config.DEMO || (embedded && !environment.DEMO);
  if (!embedded && !demo && !config.AUTH_SECRET) {
    throw new PlainError(
      "AUTH_SECRET is not set: with a database of your own, sessions need a secret that outlives this machine.\n" +
        "Make one with `openssl rand -base64 32` and put AUTH_SECRET=… into the environment or the file .env.\n" +
        "(For a look around with demo people instead, set DEMO=1.)",
    );
  }
  const everywhere = demo ? ["127.0.0.1", "::1"] : ["*"];
  const addresses = config.LISTEN_ADDRESS ? [config.LISTEN_ADDRESS] : everywhere;
  return {
    embedded,
    demo,
    dataDir: resolve(root, config.DATA_DIR),
    addresses,
    url: config.AUTH_URL ?? `http://localhost:${config.PORT}`,
  };
}
