import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CountersignError } from "@/lib/errors";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { canonicalJson } from "@/lib/trust/canonical-json";

/** What a promotion changes, as it stands on disk. */
export interface PolicyTexts {
  policy: string;
  /** Null where the folder has no golden cases. */
  cases: string | null;
  /** Drafts that ought to be rejected, for checks of attention; null where there are none. */
  checks: string | null;
}

/**
 * The texts of a policy folder, as people wrote them.
 * @throws CountersignError `conflict` where the folder says something else than the policy in force, or cannot be read: a
 * change must be about what people see.
 */
export function readPolicyTexts(dir: string, policy: LoadedPolicy): PolicyTexts {
  const folder = join(dir, policy.actionType);
  const text = read(join(folder, "policy.json"));
  if (text === null || !saysTheSame(text, policy.raw)) {
    throw new CountersignError(
      "conflict",
      `The policy of ${policy.actionType} on disk is not the one in force. Start Countersign again, or put the folder in order, and try once more.`,
    );
  }
  return { policy: text, cases: read(join(folder, "cases.json")), checks: read(join(folder, "checks.json")) };
}

function read(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function saysTheSame(text: string, raw: unknown): boolean {
  try {
    return canonicalJson(JSON.parse(text.replace(/^\uFEFF/, ""))) === canonicalJson(raw);
  } catch {
    return false;
  }
}
