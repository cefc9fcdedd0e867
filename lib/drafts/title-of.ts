import type { LoadedPolicy } from "@/lib/policy-files/load-policies";

/** The action type as people say it: the policy's title, else its name with spaces. */
export function titleOf(policy: LoadedPolicy | undefined, actionType: string): string {
  const name = actionType.replaceAll(/[_.-]+/g, " ");
  return policy?.raw.attributes?.title ?? name.charAt(0).toUpperCase() + name.slice(1);
}
