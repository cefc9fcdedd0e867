import { CountersignError } from "@/lib/errors";
import { problem } from "./problem";

type Answer = () => Response;
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/**
 * Handlers for the methods that a path does not have: 405 as a problem document, and OPTIONS, both naming those that
 * it does have (RFC 9110, 10.2.1). HEAD is left to Next, which answers it by GET.
 */
export function otherMethods(
  ...allowed: (typeof METHODS)[number][]
): Record<(typeof METHODS)[number] | "OPTIONS", Answer> {
  const allow = [...allowed, ...(allowed.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
  const refuse: Answer = () =>
    problem(new CountersignError("method_not_allowed", `This path takes ${allow}.`), { allow });
  const options: Answer = () => new Response(null, { status: 204, headers: { allow } });
  return {
    ...(Object.fromEntries(METHODS.map((method) => [method, refuse])) as Record<
      (typeof METHODS)[number],
      Answer
    >),
    OPTIONS: options,
  };
}
