/**
 * The canonical JSON text of a value (RFC 8785), the form that is hashed and signed.
 * Throws TypeError on anything JSON cannot say exactly: undefined (also inside), functions, bigints,
 * NaN, infinities, lone surrogates. Nothing is dropped silently, or two values would share a hash.
 * In one pass, because every submission and event goes through here several times; a test holds it against `canonicalize`.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case "string":
      return quote(value);
    case "number":
      if (!Number.isFinite(value)) throw new TypeError(`${value} has no canonical JSON.`);
      // RFC 8785 writes numbers as ECMAScript does, and minus zero as 0.
      return String(value);
    case "boolean":
      return String(value);
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value as Record<string, unknown>);
    default:
      throw new TypeError(`A value of type ${typeof value} has no canonical JSON.`);
  }
}

function quote(text: string): string {
  if (!text.isWellFormed()) throw new TypeError("A lone surrogate has no canonical JSON.");
  return JSON.stringify(text);
}

function canonicalArray(items: unknown[]): string {
  let text = "[";
  for (let index = 0; index < items.length; index++) {
    text += (index === 0 ? "" : ",") + canonicalJson(items[index]);
  }
  return `${text}]`;
}

/** Members in the order of their keys' UTF-16 code units, which is how `sort` compares. */
function canonicalObject(object: Record<string, unknown>): string {
  const prototype = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(
      "Only plain objects and arrays have canonical JSON; convert dates and classes first.",
    );
  }
  let text = "{";
  for (const key of Object.keys(object).sort()) {
    text += `${text.length === 1 ? "" : ","}${quote(key)}:${canonicalJson(object[key])}`;
  }
  return `${text}}`;
}
