import { z } from "zod";

/** An object that refuses unknown keys and says which ones there are. */
export function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const allowed = `one of the keys ${Object.keys(shape).join(", ")}`;
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? allowed : undefined),
  });
}

export const text = (max: number) => z.string().min(1).max(max);

/** A name as facts, action types, subject types and approver rules have; `what` is said when it is none. */
export const name = (what: string) =>
  z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]{0,99}$/, `${what}: letters, digits and _ . -, a letter first`);

/** A JSON Pointer to something inside the document `into` (the payload, an answer), not the whole of it. */
export const pointer = (into: string, example: string) =>
  z.string().regex(/^\/(?:[^~]|~[01])*$/, `a JSON Pointer into ${into} such as "${example}"`);

export const payloadPointer = () => pointer("the payload", "/order_id");

export const envName = () =>
  z.string().regex(/^[A-Z][A-Z0-9_]*$/, "the NAME of an environment variable, in capitals");

export const hours = () =>
  z
    .number()
    .positive()
    .max(24 * 366);
