import { CountersignError } from "@/lib/errors";

/** Everything a key can be allowed to do, and what that is. */
export const SCOPES = {
  "drafts:write": "submit, revise, withdraw and execute the agent's own drafts",
  "drafts:read": "read the agent's own drafts",
  "examples:read": "read decided examples for its prompts",
  "facts:write": "push trusted facts; never for an agent",
  "audit:read": "read the audit trail",
} as const;
export type Scope = keyof typeof SCOPES;

/** The scopes that a key of this kind can have. */
export const scopesFor = (holder: "agent" | "integration"): Scope[] =>
  (Object.keys(SCOPES) as Scope[]).filter((scope) => refusedBecause(scope, holder) === null);

const DEFAULT_AGENT_SCOPES: readonly Scope[] = ["drafts:write", "drafts:read", "examples:read"];

/**
 * The scopes of a comma-separated list, without repetitions; for an agent without a list, the usual ones.
 * @throws CountersignError `invalid_request` for an unknown scope, for none at all, and for one the holder cannot have.
 */
export function parseScopes(list: string | undefined, holder: "agent" | "integration"): Scope[] {
  if (list === undefined && holder === "agent") return [...DEFAULT_AGENT_SCOPES];
  const names = [...new Set((list ?? "").split(",").map((name) => name.trim()))].filter(Boolean);
  const unknown = names.find((name) => !Object.hasOwn(SCOPES, name));
  if (unknown || names.length === 0) {
    const known = Object.entries(SCOPES).map(([name, meaning]) => `  ${name.padEnd(14)} ${meaning}`);
    throw new CountersignError(
      "invalid_request",
      `${unknown ? `Unknown scope "${unknown}"` : "Name at least one scope"}. The scopes are:\n${known.join("\n")}`,
    );
  }
  const refused = names.map((name) => refusedBecause(name, holder)).find((because) => because !== null);
  if (refused) throw new CountersignError("invalid_request", refused);
  return names as Scope[];
}

/** Why a key of this kind cannot have the scope, as a sentence; null when it can. */
function refusedBecause(scope: string, holder: "agent" | "integration"): string | null {
  if (holder === "agent" && scope === "facts:write") {
    return (
      "An agent's key never has facts:write: who drafts an action has no say in the facts that classify it. " +
      "Make a key for the trusted system instead: --integration NAME --scopes facts:write"
    );
  }
  if (holder === "integration" && scope.startsWith("drafts:")) {
    return "An integration has no drafts: drafts:write and drafts:read belong to an agent. Use --agent NAME for those.";
  }
  return null;
}
