import type { Actor, KeyActor } from "@/lib/context";
import { CountersignError } from "@/lib/errors";

/** The acting agent, if its key has the scope. @throws CountersignError `forbidden` that names what is missing. */
export function requireAgent(actor: Actor, scope: string): KeyActor & { agentId: string } {
  if (actor.kind !== "key" || actor.agentId === null) {
    throw new CountersignError("forbidden", "Only an agent's key can do this; this key belongs to no agent.");
  }
  if (!actor.scopes.includes(scope)) {
    throw new CountersignError("forbidden", `This key lacks the scope ${scope}.`);
  }
  return actor as KeyActor & { agentId: string };
}
