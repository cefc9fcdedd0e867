import type { Context, PersonActor, Role } from "@/lib/context";
import type { Database } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import type { LoadedPolicies } from "@/lib/policy-files/load-policies";

/** The context in which one of the demo people acts, by name, with the roles they have now. */
export async function actAs(
  db: Database,
  policies: LoadedPolicies,
  name: string,
): Promise<Context<PersonActor>> {
  const person = await db.row<{ id: string; roles: Role[] }>(sql`
    SELECT id, ARRAY(SELECT role FROM person_role WHERE person_id = person.id) AS roles
    FROM person WHERE name = ${name}`);
  if (!person) throw new Error(`Nobody is called ${name}.`);
  const actor: PersonActor = {
    kind: "person",
    personId: person.id,
    name,
    roles: person.roles,
    identity: { issuer: "demo", subject: person.id },
    authentication: { method: "demo", at: new Date().toISOString(), sessionId: "ses_loop" },
    channel: "web",
    ip: null,
  };
  return { actor, db, policies, now: () => new Date() };
}
