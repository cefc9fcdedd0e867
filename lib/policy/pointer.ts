/** A JSON Pointer (RFC 6901) as its unescaped segments; null when it is not one. The empty pointer is the whole. */
export function parsePointer(pointer: string): string[] | null {
  if (pointer === "") return [];
  if (!pointer.startsWith("/") || /~(?![01])/.test(pointer)) return null;
  return pointer
    .slice(1)
    .split("/")
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The JSON Pointer of a path of keys and indices. */
export function toPointer(segments: readonly (string | number)[]): string {
  return segments.map((s) => `/${String(s).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The value a JSON Pointer names inside a payload; undefined when there is none. Never throws. */
export function readPointer(document: unknown, pointer: string): unknown {
  let value = document;
  for (const segment of parsePointer(pointer) ?? [null]) {
    if (segment === null || typeof value !== "object" || value === null) return undefined;
    if (Array.isArray(value) && !/^(0|[1-9]\d*)$/.test(segment)) return undefined;
    if (!Object.hasOwn(value, segment)) return undefined;
    value = (value as Record<string, unknown>)[segment];
  }
  return value;
}
