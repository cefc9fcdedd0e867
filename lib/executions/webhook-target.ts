import { checkSecret } from "@/lib/channels/post-signed";
import type { Context } from "@/lib/context";

export interface WebhookTarget {
  url: string;
  secret: string;
  timeoutMs: number;
}

const DEFAULT_TIMEOUT_SECONDS = 15;

/**
 * Where the policy in force sends actions of this type, from the environment variables it names. `missing` says what an
 * admin has to set; nothing is ever sent unsigned or to an address that is not configured.
 */
export function findWebhookTarget(
  policies: Context["policies"],
  actionType: string,
  environment: NodeJS.ProcessEnv = process.env,
): WebhookTarget | { missing: string } {
  const executor = policies.get(actionType)?.raw.executor;
  if (typeof executor !== "object") return { missing: `a policy that executes ${actionType} by webhook` };
  const { url_env, secret_env, timeout_seconds } = executor.webhook;
  const url = environment[url_env];
  if (!url) return { missing: `${url_env}, which is not set` };
  if (!URL.canParse(url)) return { missing: `${url_env}, which is not a URL` };
  const own = environment[secret_env];
  const [name, secret] = own ? [secret_env, own] : ["WEBHOOK_SECRET", environment.WEBHOOK_SECRET];
  if (!secret) return { missing: `${secret_env}, which is not set` };
  const wrong = checkSecret(name, secret);
  if (wrong) return { missing: `a usable secret: ${wrong}` };
  return { url, secret, timeoutMs: (timeout_seconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000 };
}
