import { problem } from "@/lib/adapters/problem";
import { CountersignError } from "@/lib/errors";

/** What no other route serves: a problem document, as everywhere else in the API, not a page. */
const refuse = () =>
  problem(new CountersignError("not_found", "There is no such path; /api/v1/openapi.json lists them."));

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as POST, refuse as PUT };
