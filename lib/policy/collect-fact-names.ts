import { compilePolicy } from "./compile-policy";
import type { Policy } from "./schema";

/** Every fact that a rule or hard block of the policy looks at, each once, in order of appearance. */
export function collectFactNames(policy: Policy): string[] {
  return [...compilePolicy(policy).factNames];
}
