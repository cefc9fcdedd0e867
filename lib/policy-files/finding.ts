import { join } from "node:path";
import { formatProblem, type PolicyProblem } from "@/lib/policy/policy-error";

/** Something in a policy folder that loads, but cannot be meant. */
export interface Finding {
  /** An error fails the check; a warning is only told. */
  severity: "error" | "warning";
  actionType: string;
  /** The file inside the policy's folder. */
  file: "policy.json" | "policy.md" | "cases.json";
  /** The place inside the file, `tiers[1].cites`; empty for the file as a whole. */
  path: string;
  found: string;
  allowed: string;
  /** For a case that failed: every comparison, as a sentence. */
  details: string[];
}

type Place = Pick<Finding, "actionType" | "file" | "path">;

export const error = (place: Place, found: string, allowed: string, details: string[] = []): Finding => ({
  severity: "error",
  ...place,
  found,
  allowed,
  details,
});

export const warning = (place: Place, found: string, allowed: string): Finding => ({
  ...error(place, found, allowed),
  severity: "warning",
});

/** The finding as a line, its file as a person would type it. */
export function formatFinding({ severity, actionType, file, ...what }: Finding, dir: string): string {
  const problem: PolicyProblem = { ...what, file: join(dir, actionType, file) };
  return `${severity}: ${formatProblem(problem)}`;
}
