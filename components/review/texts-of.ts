/** All texts in a JSON value, keys too, a line each: for looking at what hides in any of them. */
export function textsOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return "";
  const parts = Array.isArray(value)
    ? value.map(textsOf)
    : Object.entries(value).flatMap(([key, item]) => [key, textsOf(item)]);
  return parts.filter((part) => part !== "").join("\n");
}
