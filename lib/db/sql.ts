import { createHash } from "node:crypto";

/** A statement ready for node-postgres: prepared under a name that follows from its text. */
export class Statement {
  constructor(
    readonly name: string,
    readonly text: string,
    readonly values: unknown[],
    /** The text around the values. */
    readonly parts: readonly string[],
  ) {}
}

/** What does not change from one use of a place in the source to the next. */
type Prepared = Pick<Statement, "name" | "text" | "parts">;

/** By place in the source, then by the names of the statements composed there. */
const prepared = new WeakMap<readonly string[], Map<string, Prepared>>();

/**
 * A tagged template for SQL: every `${value}` becomes a parameter, never text. Only another statement, made by this
 * tag, takes its place as text, with its parameters.
 * Each text is one named prepared statement, so the server plans it once per connection.
 */
export function sql(strings: TemplateStringsArray, ...values: unknown[]): Statement {
  const parameters: unknown[] = [];
  let composition = "";
  for (const value of values) {
    if (value instanceof Statement) {
      composition += value.name;
      parameters.push(...value.values);
    } else {
      composition += "$";
      parameters.push(value);
    }
  }
  let compositions = prepared.get(strings);
  if (!compositions) {
    compositions = new Map();
    prepared.set(strings, compositions);
  }
  let known = compositions.get(composition);
  if (!known) {
    known = prepare(strings, values);
    compositions.set(composition, known);
  }
  return new Statement(known.name, known.text, parameters, known.parts);
}

function prepare(strings: readonly string[], values: unknown[]): Prepared {
  const parts: string[] = [strings[0]!];
  values.forEach((value, index) => {
    const after = strings[index + 1]!;
    if (value instanceof Statement) {
      const [first = "", ...rest] = value.parts;
      parts.push(`${parts.pop()}${first}`, ...rest);
      parts.push(`${parts.pop()}${after}`);
    } else {
      parts.push(after);
    }
  });
  const text = parts.reduce((joined, part, index) => `${joined}$${index}${part}`);
  const name = `cs_${createHash("sha1").update(text).digest("hex").slice(0, 20)}`;
  return { name, text, parts };
}
