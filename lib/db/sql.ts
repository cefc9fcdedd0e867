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

const texts = new WeakMap<readonly string[], string>();
const names = new Map<string, string>();

/**
 * A tagged template for SQL: every `${value}` becomes a parameter, never text. Only another statement, made by this
 * tag, takes its place as text, with its parameters.
 * Each text is one named prepared statement, so the server plans it once per connection.
 */
export function sql(strings: TemplateStringsArray, ...values: unknown[]): Statement {
  if (!values.some((value) => value instanceof Statement)) return prepare(strings, values);
  const parts: string[] = [strings[0]!];
  const flat: unknown[] = [];
  values.forEach((value, index) => {
    const after = strings[index + 1]!;
    if (value instanceof Statement) {
      const [first = "", ...rest] = value.parts;
      parts.push(`${parts.pop()}${first}`, ...rest);
      parts.push(`${parts.pop()}${after}`);
      flat.push(...value.values);
    } else {
      parts.push(after);
      flat.push(value);
    }
  });
  return prepare(parts, flat);
}

function prepare(parts: readonly string[], values: unknown[]): Statement {
  let text = texts.get(parts);
  if (text === undefined) {
    text = parts.reduce((joined, part, index) => `${joined}$${index}${part}`);
    texts.set(parts, text);
  }
  let name = names.get(text);
  if (name === undefined) {
    name = `cs_${createHash("sha1").update(text).digest("hex").slice(0, 20)}`;
    names.set(text, name);
  }
  return new Statement(name, text, values, parts);
}
