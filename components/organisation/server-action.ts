import type { ActionResult } from "@/lib/adapters/action";

/** The server action made of a verb, as a page hands it to a component. */
export type ServerAction<Verb extends (ctx: never, input: never) => Promise<unknown>> = (
  input: Parameters<Verb>[1],
) => Promise<ActionResult<Awaited<ReturnType<Verb>>>>;
