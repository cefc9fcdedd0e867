import { CountersignError } from "@/lib/errors";
import { pathSegments } from "./path-segments";

/**
 * The id in `…/draft-requests/{id}…`. What cannot be an id never reaches the database.
 * @throws CountersignError `not_found`, or `invalid_request` for a path that is not well-formed.
 */
export function draftRequestIdOf(request: Request): string {
  const segments = pathSegments(request);
  const id = segments[segments.indexOf("draft-requests") + 1] ?? "";
  if (/^[\w-]{1,64}$/.test(id)) return id;
  throw new CountersignError("not_found", "You made no such request.");
}
