import type { CompiledPolicy, Facts } from "./compile-policy";

/**
 * The department a draft belongs to, by name or id as the policy or the fact has it; null when the policy names none,
 * or the fact that says so is unknown or not a text.
 */
export function departmentOf(
  { department, departmentFact }: Pick<CompiledPolicy, "department" | "departmentFact">,
  facts: Facts,
): string | null {
  if (departmentFact === null) return department;
  const value = Object.hasOwn(facts, departmentFact) ? facts[departmentFact]?.value : null;
  return typeof value === "string" && value !== "" ? value : null;
}
