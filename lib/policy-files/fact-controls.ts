import type { Condition } from "@/lib/policy/condition";
import type { Scalar } from "@/lib/policy/operators";
import { describeSource } from "./explain-facts";
import type { LoadedPolicy } from "./load-policies";

/** How a person types one fact that a policy looks at. */
export interface FactControl {
  name: string;
  /** What the policy compares it with tells the kind; `any` where that is several. */
  kind: "number" | "boolean" | "text" | "any";
  /** Texts and numbers that the policy compares it with for equality, to choose from. */
  suggestions: string[];
  comesFrom: string;
}

/** One control for every fact that the policy looks at, in the order in which it does. */
export function factControls({ policy, factSources }: LoadedPolicy): FactControl[] {
  const compared = new Map<string, Scalar[]>();
  const chosen = new Map<string, Set<string>>();
  const visit = (condition: Condition): void => {
    if (condition.kind !== "fact") {
      for (const part of condition.kind === "not" ? [condition.part] : condition.parts) visit(part);
      return;
    }
    const { fact, operator } = condition;
    const values = Array.isArray(condition.expected) ? condition.expected : [condition.expected];
    compared.set(fact, [...(compared.get(fact) ?? []), ...values]);
    if (!["eq", "ne", "in", "not_in"].includes(operator)) return;
    const words = values.filter((value) => typeof value !== "boolean").map(String);
    chosen.set(fact, new Set([...(chosen.get(fact) ?? []), ...words]));
  };
  for (const { condition } of [...policy.rules, ...policy.hardBlocks]) visit(condition);
  return policy.factNames.map((name) => ({
    name,
    kind: kindOf(compared.get(name) ?? []),
    suggestions: [...(chosen.get(name) ?? [])],
    comesFrom: describeSource(factSources[name]!),
  }));
}

/** A fact that nothing is compared with says which department or subject it is, as a text. */
function kindOf(values: Scalar[]): FactControl["kind"] {
  const kinds = [...new Set(values.map((value) => typeof value))];
  if (kinds.length === 0 || (kinds.length === 1 && kinds[0] === "string")) return "text";
  return kinds.length === 1 ? (kinds[0] as "number" | "boolean") : "any";
}
