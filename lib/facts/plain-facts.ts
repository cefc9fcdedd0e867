import type { Facts } from "@/lib/policy/compile-policy";

/** The facts as a classification keeps them, name to value: what is unknown is left out. */
export function plainFacts(facts: Facts): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const name of Object.keys(facts)) {
    const value = facts[name]?.value ?? null;
    if (value !== null) plain[name] = value;
  }
  return plain;
}
