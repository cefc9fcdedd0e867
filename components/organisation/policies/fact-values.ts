import type { FactControl } from "@/lib/policy-files/fact-controls";

/** What was typed, by fact; an empty text is unknown. */
export type Typed = Readonly<Record<string, string>>;

/**
 * The facts as the policy gets them: numbers and truth values where they can be read as such, otherwise the text, which
 * the policy then cannot compare. Unknown ones are left out.
 */
export function toFacts(controls: readonly FactControl[], typed: Typed): Record<string, unknown> {
  return Object.fromEntries(
    controls.flatMap(({ name, kind }) => {
      const text = (typed[name] ?? "").trim();
      return text === "" ? [] : [[name, readValue(kind, text)]];
    }),
  );
}

function readValue(kind: FactControl["kind"], text: string): unknown {
  if (kind === "text") return text;
  if (kind === "boolean" || kind === "any") {
    if (text === "true" || text === "false") return text === "true";
    if (kind === "boolean") return text;
  }
  // Grouped as people write it: 1,250.50
  const number = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(",", "") : text;
  return /^-?\d+(\.\d+)?$/.test(number) ? Number(number) : text;
}

/** Facts as the form shows them; what no control is there for is left out. */
export function toTyped(controls: readonly FactControl[], facts: Record<string, unknown>): Typed {
  return Object.fromEntries(
    controls.flatMap(({ name }) => {
      const value = Object.hasOwn(facts, name) ? facts[name] : null;
      if (value === null || value === undefined) return [];
      return [[name, typeof value === "object" ? JSON.stringify(value) : String(value)]];
    }),
  );
}
