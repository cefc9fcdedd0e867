import { parsePointer } from "@/lib/policy/pointer";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";

/** What must not leave in an example of one action type, ready to be applied. */
export interface RedactionRules {
  /** Paths into the payload, unescaped; `*` stands for any key or position. */
  paths: readonly (readonly string[])[];
  /** Whether the id of the draft's subject is redacted. */
  subject: boolean;
  /** Whether whatever looks like an identifier is masked in payloads too, and not in texts alone. */
  identifiers: boolean;
  /** Names of properties that the payload's schema declares: they are no secret. */
  declared: ReadonlySet<string>;
  /** The payload's schema of today; left out, nothing below the first level is held against one. */
  schema?: Record<string, unknown>;
}

const known = new WeakMap<object, RedactionRules>();

/**
 * The rules that a policy's `redact` comes to. A policy that says nothing of it has the strictest that tell nothing about
 * the payload: subjects' ids are redacted, and all that looks like an identifier.
 */
export function redactionRulesOf(policy: Pick<LoadedPolicy, "raw" | "payloadSchema">): RedactionRules {
  let rules = known.get(policy);
  if (!rules) {
    const { redact } = policy.raw;
    rules = {
      paths: (redact ?? []).flatMap((path) => (path === "subject" ? [] : [parsePointer(path) ?? []])),
      subject: redact?.includes("subject") ?? true,
      identifiers: redact === undefined,
      declared: declaredNames(policy.payloadSchema),
      schema: policy.payloadSchema,
    };
    known.set(policy, rules);
  }
  return rules;
}

/** Every name below a `properties`, wherever in the schema it stands. */
function declaredNames(schema: unknown): Set<string> {
  const names = new Set<string>();
  const left = [schema];
  while (left.length > 0) {
    const part = left.pop();
    if (typeof part !== "object" || part === null) continue;
    const { properties } = part as { properties?: unknown };
    if (typeof properties === "object" && properties !== null)
      for (const name of Object.keys(properties)) names.add(name);
    left.push(...Object.values(part));
  }
  return names;
}
