const ORIGIN = "http://countersign.invalid";
const LISTS = new Set(["/inbox", "/history"]);

/** The path of a list with its query, as it is kept; null for anything that is not the address of a list here. */
export function viewPath(path: string): string | null {
  if (!path.startsWith("/") || path.length > 4000) return null;
  try {
    const { origin, pathname, search } = new URL(path, ORIGIN);
    return origin === ORIGIN && LISTS.has(pathname) ? pathname + search : null;
  } catch {
    return null;
  }
}
