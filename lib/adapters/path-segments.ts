import { CountersignError } from "@/lib/errors";

/**
 * The segments of the request's path, decoded once: an id may hold `#`, `/` or `%` when escaped.
 * @throws CountersignError `invalid_request` for a bad escape, bytes that are not UTF-8, and NUL, which no text in
 * PostgreSQL can hold.
 */
export function pathSegments(request: Request): string[] {
  let segments: string[];
  try {
    segments = new URL(request.url).pathname.split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    throw new CountersignError("invalid_request", "The path has a malformed percent escape.");
  }
  if (segments.some((segment) => segment.includes("\0"))) {
    throw new CountersignError("invalid_request", "The path holds the character NUL.");
  }
  return segments;
}
