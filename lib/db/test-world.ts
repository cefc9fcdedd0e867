import type { Context, KeyActor, PersonActor, Role } from "@/lib/context";
import { type LoadedPolicies, loadPolicies } from "@/lib/policy-files/load-policies";
import { recordPolicyVersions } from "@/lib/policy-files/policy-versions";
import { generateApiKey } from "@/lib/trust/api-key";
import type { Database } from "./database";
import { sql } from "./sql";

/** A small organisation for tests: everyone is known by a short name, each with a context to act in. */
export interface TestWorld {
  policies: LoadedPolicies;
  /** Adds a person and answers the context in which they act. */
  person(name: string, options?: { roles?: Role[]; rules?: string[] }): Promise<Context<PersonActor>>;
  /** Adds an agent with a key and answers its context; `key` is the secret for use over HTTP. */
  agent(name: string, ownerId: string): Promise<{ ctx: Context<KeyActor>; key: string }>;
  /** Adds a trusted integration that may push facts. */
  integration(name: string, ownerId: string): Promise<{ ctx: Context<KeyActor>; key: string }>;
}

/** Makes the approver rule ask one more person, and the rule itself where it is not there yet. */
async function addToRule(db: Database, name: string, personId: string): Promise<void> {
  const definition = { bands: [{ up_to: null, mode: "all", ask: [{ kind: "person", id: personId }] }] };
  await db.run(sql`
    INSERT INTO approver_rule (name, description, definition) VALUES (${name}, '', ${JSON.stringify(definition)}::jsonb)
    ON CONFLICT (name) DO UPDATE SET definition = jsonb_set(
      approver_rule.definition, '{bands,0,ask}',
      approver_rule.definition #> '{bands,0,ask}' || (excluded.definition #> '{bands,0,ask}'))`);
}

/** Builds on an empty database. `now` is every context's clock. */
export async function createTestWorld(db: Database, now = () => new Date()): Promise<TestWorld> {
  const policies = loadPolicies("policies");
  await recordPolicyVersions(db, policies);

  async function key(id: string, agentId: string | null, ownerId: string, name: string, scopes: string[]) {
    const made = generateApiKey();
    const data = { id, agentId, name, prefix: made.prefix, hash: made.hash, scopes, ownerId };
    await db.prisma.apiKey.create({ data });
    const actor: KeyActor = {
      kind: "key",
      keyId: id,
      agentId,
      name,
      ownerId,
      scopes,
      channel: "api",
      ip: null,
    };
    return { ctx: { actor, db, policies, now }, key: made.key };
  }

  return {
    policies,
    async person(name, { roles = ["approver"], rules = [] }: { roles?: Role[]; rules?: string[] } = {}) {
      const id = `per_${name}`;
      await db.prisma.person.create({
        data: {
          id,
          name,
          email: `${name}@example.com`,
          identities: { create: { issuer: "demo", subject: id } },
          roles: { create: roles.map((role) => ({ role })) },
        },
      });
      for (const rule of rules) await addToRule(db, rule, id);
      const actor: PersonActor = {
        kind: "person",
        personId: id,
        name,
        roles,
        identity: { issuer: "demo", subject: id },
        authentication: { method: "demo", at: now().toISOString(), sessionId: `ses_${name}` },
        channel: "web",
        ip: null,
      };
      return { actor, db, policies, now };
    },
    async agent(name, ownerId) {
      await db.prisma.agent.create({ data: { id: `agt_${name}`, name, ownerId } });
      return key(`key_${name}`, `agt_${name}`, ownerId, name, [
        "drafts:write",
        "drafts:read",
        "examples:read",
      ]);
    },
    integration: (name, ownerId) => key(`key_${name}`, null, ownerId, name, ["facts:write"]),
  };
}
