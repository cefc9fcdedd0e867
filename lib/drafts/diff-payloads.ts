import { toPointer } from "@/lib/policy/pointer";

export interface FieldChange {
  /** A JSON Pointer to what differs. */
  path: string;
  /** Undefined where the first has no such field. */
  from: unknown;
  /** Undefined where the second has no such field. */
  to: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What differs between two JSON values: objects field by field, anything else (lists too) as a whole. */
export function diffPayloads(from: unknown, to: unknown, path: string[] = []): FieldChange[] {
  if (isObject(from) && isObject(to)) {
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    return keys.flatMap((key) =>
      diffPayloads(
        Object.hasOwn(from, key) ? from[key] : undefined,
        Object.hasOwn(to, key) ? to[key] : undefined,
        [...path, key],
      ),
    );
  }
  return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ path: toPointer(path), from, to }];
}
