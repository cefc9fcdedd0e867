import { createHash } from "node:crypto";

/** A statement ready for node-postgres: prepared under a name that follows from its text. */
export interface Statement {
  name: string;
  text: string;
  values: unknown[];
}

const prepared = new WeakMap<TemplateStringsArray, { name: string; text: string }>();

/**
 * A tagged template for SQL: every `${value}` becomes a parameter, never text.
 * Each place in the source is one named prepared statement, so the server plans it once per connection.
 */
export function sql(strings: TemplateStringsArray, ...values: unknown[]): Statement {
  let known = prepared.get(strings);
  if (!known) {
    const text = strings.reduce((joined, part, index) => `${joined}$${index}${part}`);
    known = { name: `cs_${createHash("sha1").update(text).digest("hex").slice(0, 20)}`, text };
    prepared.set(strings, known);
  }
  return { ...known, values };
}
