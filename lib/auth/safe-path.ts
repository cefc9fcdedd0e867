const ORIGIN = "http://countersign.invalid";

/**
 * The path (with query) to go to after signing in: `wanted` if it is a path of this site, else `fallback`.
 * Refuses other origins, also those that browsers read out of `//host`, `/\host` and control characters.
 */
export function safePath(wanted: string | null | undefined, fallback = "/inbox"): string {
  if (!wanted?.startsWith("/")) return fallback;
  try {
    const url = new URL(wanted, ORIGIN);
    if (url.origin !== ORIGIN || url.pathname.startsWith("//")) return fallback;
    if (url.pathname.startsWith("/sign-in") || url.pathname.startsWith("/api/")) return fallback;
    return url.pathname + url.search;
  } catch {
    return fallback;
  }
}
