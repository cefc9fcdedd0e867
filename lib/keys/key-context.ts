import { may } from "@/lib/auth/permissions";
import type { Context, PersonActor, SystemActor } from "@/lib/context";
import { CountersignError } from "@/lib/errors";

/** Who may look after keys: the command line of the machine, and admins. */
export type KeyContext = Pick<Context<PersonActor | SystemActor>, "actor" | "db" | "now">;

/** @throws CountersignError `forbidden` unless the actor may create, rotate and revoke keys. */
export function requireKeyAdministrator({ actor }: KeyContext): void {
  if (actor.kind === "system" ? actor.name === "cli" : may(actor, "keys.write")) return;
  throw new CountersignError("forbidden", "Only admins look after keys.");
}

/** The person behind a change of a key: the signed-in one, or the one named at the command line. */
export const personBehind = ({ actor }: KeyContext, named: string | null): string | null =>
  actor.kind === "person" ? actor.personId : named;
