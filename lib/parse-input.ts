import type { z } from "zod";
import { CountersignError } from "./errors";

/**
 * Parses untrusted input at the edge.
 * @throws CountersignError `invalid_request` with a JSON Pointer and a sentence for each thing that is wrong.
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({
    path: issue.path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""),
    message: issue.message,
  }));
  const first = fields[0];
  throw new CountersignError("invalid_request", `${first?.path || "The body"}: ${first?.message}`, {
    fields,
  });
}
