import { CountersignError } from "@/lib/errors";

/** The segments of the request's path, decoded once. @throws CountersignError `invalid_request` for a bad escape. */
export function pathSegments(request: Request): string[] {
  try {
    return new URL(request.url).pathname.split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    throw new CountersignError("invalid_request", "The path has a malformed percent escape.");
  }
}
