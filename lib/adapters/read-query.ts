import { CountersignError } from "@/lib/errors";

/**
 * The query parameters, each at most once; one without a value counts as left out.
 * @throws CountersignError `invalid_request` for a parameter given twice, and for NUL, which PostgreSQL refuses.
 */
export function readQuery(request: Request): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URL(request.url).searchParams) {
    const refuse = (message: string) =>
      new CountersignError("invalid_request", `The query parameter ${JSON.stringify(name)} ${message}.`, {
        fields: [{ path: `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`, message }],
      });
    if (Object.hasOwn(query, name)) throw refuse("stands there twice");
    if (`${name}${value}`.includes("\0")) throw refuse("holds the character NUL");
    if (value !== "") Object.defineProperty(query, name, { value, enumerable: true });
  }
  return query;
}
