import canonicalize from "canonicalize";

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The canonical JSON text of a value (RFC 8785), the form that is hashed and signed.
 * Throws TypeError on anything JSON cannot say exactly: undefined (also inside), functions, bigints,
 * NaN, infinities, lone surrogates. Nothing is dropped silently, or two values would share a hash.
 */
export function canonicalJson(value: unknown): string {
  assertJson(value);
  return canonicalize(value) as string;
}

function assertJson(value: unknown): void {
  switch (typeof value) {
    case "string":
      if (LONE_SURROGATE.test(value)) throw new TypeError("A lone surrogate has no canonical JSON.");
      return;
    case "number":
      if (!Number.isFinite(value)) throw new TypeError(`${value} has no canonical JSON.`);
      return;
    case "boolean":
      return;
    case "object":
      break;
    default:
      throw new TypeError(`A value of type ${typeof value} has no canonical JSON.`);
  }
  if (value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) assertJson(item);
    return;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(
      "Only plain objects and arrays have canonical JSON; convert dates and classes first.",
    );
  }
  for (const key of Object.keys(value)) {
    assertJson(key);
    assertJson((value as Record<string, unknown>)[key]);
  }
}
