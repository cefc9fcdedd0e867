import { unstable_rethrow } from "next/navigation";
import { createContext } from "@/lib/adapters/context";
import { findActor } from "@/lib/auth/find-actor";
import type { Context, PersonActor } from "@/lib/context";
import { CountersignError, type ErrorCode, type FieldError } from "@/lib/errors";

export interface ActionFailure {
  ok: false;
  code: ErrorCode | "internal";
  message: string;
  fields?: FieldError[];
  winner?: { name: string; verdict: string; at: string };
}

export type ActionResult<Data> = { ok: true; data: Data } | ActionFailure;

/**
 * Makes a server action of one verb. Actions are public endpoints: each resolves its own actor and gets its
 * input from a stranger, so the verb parses it. Refusals come back as data; a defect as a fixed sentence, logged with its
 * cause.
 */
export function action<Input, Data>(
  verb: (ctx: Context<PersonActor>, input: Input) => Promise<Data>,
): (input: Input) => Promise<ActionResult<Data>> {
  return async (input) => {
    try {
      const actor = await findActor();
      if (!actor) throw new CountersignError("unauthenticated", "Your session has ended. Sign in again.");
      return { ok: true, data: await verb(await createContext(actor), input) };
    } catch (error) {
      unstable_rethrow(error);
      return failureOf(error);
    }
  };
}

/** What a refusal or a defect looks like to the person who caused it. */
export function failureOf(error: unknown): ActionFailure {
  if (error instanceof CountersignError) {
    return { ok: false, code: error.code, message: error.message, ...error.details };
  }
  console.error("An action failed:", error);
  return {
    ok: false,
    code: "internal",
    message: "Something went wrong on our side. Nothing was changed as far as we know; reload to be sure.",
  };
}
