export interface ChangedField {
  pointer: string;
  from: unknown;
  to: unknown;
}

/** What differs between two JSON values, leaf by leaf; arrays count as one leaf. `undefined` means not there. */
export function changedFields(from: unknown, to: unknown, pointer = ""): ChangedField[] {
  if (isObject(from) && isObject(to)) {
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    return keys.flatMap((key) =>
      changedFields(from[key], to[key], `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
    );
  }
  return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ pointer, from, to }];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
