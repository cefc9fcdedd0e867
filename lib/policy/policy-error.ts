/** One thing wrong in a policy folder: where it stands, what is there, and what is allowed there. */
export type PolicyProblem = {
  /** The file as a person would type it, `policies/refund/policy.json`; empty while only the value is known. */
  file: string;
  /** The place inside the file, `tiers[1].route`; empty for the file as a whole. */
  path: string;
  /** What was found, as JSON text or in words. */
  found: string;
  /** What would be accepted instead. */
  allowed: string;
};

/** The problem as one line: `policies/refund/policy.json: tiers[1].route: found "batch", expected one of …`. */
export function formatProblem({ file, path, found, allowed }: PolicyProblem): string {
  return [file, path, `found ${found}, expected ${allowed}`].filter(Boolean).join(": ");
}

/** The policies cannot be used. Carries every problem of every folder; the message lists them, one a line. */
export class PolicyError extends Error {
  override readonly name = "PolicyError";

  constructor(readonly problems: readonly PolicyProblem[]) {
    super(problems.map(formatProblem).join("\n"));
  }
}

/** A value from a policy file as short JSON text for an error message. */
export function quoteFound(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
