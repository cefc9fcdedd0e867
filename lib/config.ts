import { z } from "zod";

const flag = z
  .enum(["0", "1", "true", "false", ""])
  .optional()
  .transform((value) => value === "1" || value === "true");
const wholeNumber = (fallback: number) => z.coerce.number().int().positive().optional().default(fallback);

/** Every setting there is. `.env.example` lists them in the same order, with the same words. */
const environmentSchema = z.object({
  /** PostgreSQL 15+ with pgvector. Without it the launcher starts the embedded database and sets this itself. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must start with postgresql://")
    .optional(),
  /** Where the web server listens. */
  PORT: wholeNumber(3000),
  /** The address it listens on. Default: loopback in the demo, where anyone may sign in; else every address. */
  LISTEN_ADDRESS: z.string().min(1).optional(),
  /** The embedded database, generated secrets and logs live here. */
  DATA_DIR: z.string().min(1).optional().default(".data"),
  /** Folder of policy folders. */
  POLICIES_DIR: z.string().min(1).optional().default("policies"),
  /** Seeds the demo organisation and lets anyone sign in as one of its people. Never set it in production. */
  DEMO: flag,
  /** How many connections each process keeps to the database. */
  DATABASE_POOL_SIZE: wholeNumber(10),
  /** How many requests a second one API key may make to one web process; twice as many in a burst. */
  RATE_LIMIT_PER_SECOND: wholeNumber(200),
  /** Signs the session cookie. Required unless DEMO; `openssl rand -base64 32` makes one. */
  AUTH_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  /** The address people use, when a proxy stands in front: https://countersign.example.com */
  AUTH_URL: z.url().optional(),
  /** OpenID Connect sign-in: the issuer, and the client registered there. */
  AUTH_OIDC_ISSUER: z.url().optional(),
  AUTH_OIDC_CLIENT_ID: z.string().min(1).optional(),
  AUTH_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** Host or host:port names, comma-separated, that webhooks, lookups and pull requests may reach although their address is private. */
  OUTGOING_ALLOWED_HOSTS: z
    .string()
    .optional()
    .default("")
    .transform((value) =>
      value
        .split(",")
        .map((host) => host.trim())
        .filter(Boolean),
    ),
  /** The key of an OpenAI-compatible endpoint, for what needs a model: better embeddings, and drafts on request. */
  OPENAI_API_KEY: z.string().min(1).optional(),
  /** Where that endpoint is, when it is not OpenAI's own: http://localhost:11434/v1 */
  OPENAI_BASE_URL: z.url().optional(),
  /** The model that embeds drafts. Without it, a built-in embedder does, which needs no network. */
  EMBEDDING_MODEL: z.string().min(1).max(200).optional(),
  /** How many numbers a vector of that model has, where it can be asked for fewer than it would send. */
  EMBEDDING_DIMENSIONS: z.coerce.number().int().min(8).max(4000).optional(),
  /** The model that writes drafts on request. Without it, nobody can request one. */
  DRAFTING_MODEL: z.string().min(1).max(200).optional(),
  /** Where accepted promotions become pull requests: owner/name at GitHub, or a project's path at GitLab. */
  PROMOTION_REPOSITORY: z
    .string()
    .regex(/^[\w.-]+(\/[\w.-]+)+$/, "must be a path such as acme/policies")
    .optional(),
  /** A token that may push branches and open pull requests there. */
  PROMOTION_TOKEN: z.string().min(1).optional(),
  /** What kind of forge that is: github or gitlab. */
  PROMOTION_FORGE: z.enum(["github", "gitlab"]).optional().default("github"),
  /** Where its API is, when it is not github.com or gitlab.com: https://git.example.com/api/v4 */
  PROMOTION_API_URL: z.url().optional(),
  /** The branch that pull requests are for, when it is not the repository's default. */
  PROMOTION_BRANCH: z.string().min(1).max(200).optional(),
  /** Where the policy folders stand in that repository, and in patches. Default: POLICIES_DIR where that is relative. */
  PROMOTION_POLICIES_PATH: z
    .string()
    .regex(/^[\w.-]+(\/[\w.-]+)*$/, "must be a relative path such as policies")
    .optional(),
  /** Signs webhooks that a policy declares no secret for, and answers to callback_url. */
  WEBHOOK_SECRET: z.string().optional(),
});

/** The names of all settings, in the order of `.env.example`. */
export const SETTINGS = Object.keys(environmentSchema.shape);

export type Config = z.infer<typeof environmentSchema>;

/**
 * Reads all settings from `environment` (default: the process's own).
 * @throws Error naming each bad variable, what is wrong with it and where the list is.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(present);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`Bad settings:\n${problems.join("\n")}\n.env.example explains each of them.`);
}
