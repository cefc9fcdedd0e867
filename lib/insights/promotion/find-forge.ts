import { readConfig } from "@/lib/config";

/** Where pull requests are opened. */
export interface Forge {
  kind: "github" | "gitlab";
  repository: string;
  token: string;
  /** Without a slash at the end. */
  apiUrl: string;
  /** Null for the repository's default branch. */
  branch: string | null;
  allowedHosts: readonly string[];
}

const API_URLS = { github: "https://api.github.com", gitlab: "https://gitlab.com/api/v4" };

/** The forge that is configured; null without a repository and a token. */
export function findForge(environment?: NodeJS.ProcessEnv): Forge | null {
  const config = readConfig(environment);
  const { PROMOTION_REPOSITORY: repository, PROMOTION_TOKEN: token, PROMOTION_FORGE: kind } = config;
  if (!repository || !token) return null;
  return {
    kind,
    repository,
    token,
    apiUrl: (config.PROMOTION_API_URL ?? API_URLS[kind]).replace(/\/+$/, ""),
    branch: config.PROMOTION_BRANCH ?? null,
    allowedHosts: config.OUTGOING_ALLOWED_HOSTS,
  };
}
