import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { newId } from "@/lib/drafts/new-id";
import { CountersignError } from "@/lib/errors";
import { generateApiKey } from "@/lib/trust/api-key";
import { findFirstAdmin, findPersonByEmail, requireActiveOwner } from "./find-owner";
import { type KeyContext, personBehind, requireKeyAdministrator } from "./key-context";
import { parseScopes, type Scope } from "./scopes";

export interface NewKey {
  /** For an agent, by id or by name (made when there is none of this name), or for a trusted integration. */
  holder: { kind: "agent" | "integration"; name: string } | { kind: "agent"; id: string };
  /** E-mail address, or id, of the owner. Default: the agent's owner, else the first admin. */
  ownerEmail?: string;
  ownerId?: string;
  /** Comma-separated; see scopes.ts. */
  scopes?: string;
  expiresAfterMs?: number;
  /** E-mail address of the person at the command line, who then never decides on what this key submits. */
  creatorEmail?: string;
}

/** A key as it is shown, this once. */
export interface CreatedKey {
  id: string;
  key: string;
  prefix: string;
  name: string;
  agentId: string | null;
  agentIsNew: boolean;
  ownerId: string;
  scopes: Scope[];
  expiresAt: Date | null;
}

/**
 * Creates a key, and its agent where there is none of that name, with the event in the same transaction.
 * @throws CountersignError `forbidden`, `invalid_request` (scopes, name), `not_found` (owner, agent), `conflict` (a
 * disabled agent or owner, or another owner than the agent's).
 */
export async function createKey(ctx: KeyContext, input: NewKey): Promise<CreatedKey> {
  requireKeyAdministrator(ctx);
  const scopes = parseScopes(input.scopes, input.holder.kind);
  const { key, prefix, hash } = generateApiKey();
  const id = newId("key");
  const at = ctx.now();
  const expiresAt = input.expiresAfterMs ? new Date(at.getTime() + input.expiresAfterMs) : null;

  return ctx.db.transaction(async (tx) => {
    const named = input.creatorEmail ? await findPersonByEmail(tx, input.creatorEmail) : null;
    const creatorId = personBehind(ctx, named);
    const wantedOwner =
      input.ownerId ?? (input.ownerEmail ? await findPersonByEmail(tx, input.ownerEmail) : null);
    const { name, agent } = await getHolder(tx, input.holder, wantedOwner);
    const ownerId = agent?.ownerId ?? wantedOwner ?? (await findFirstAdmin(tx));
    await requireActiveOwner(tx, ownerId);
    await tx.run(sql`
      INSERT INTO api_key (id, agent_id, name, prefix, hash, scopes, owner_id, creator_id, created_at, expires_at)
      VALUES (${id}, ${agent?.id ?? null}, ${name}, ${prefix}, ${hash}, ${scopes}, ${ownerId}, ${creatorId}, ${at}, ${expiresAt})`);
    await recordEvent(tx, {
      verb: "key.created",
      actor: ctx.actor,
      at,
      details: {
        key_id: id,
        key_prefix: prefix,
        agent_id: agent?.id ?? null,
        agent_created: agent?.isNew ?? false,
        owner_id: ownerId,
        creator_id: creatorId,
        scopes,
        expires_at: expiresAt?.toISOString() ?? null,
      },
    });
    const agentIsNew = agent?.isNew ?? false;
    return { id, key, prefix, name, agentId: agent?.id ?? null, agentIsNew, ownerId, scopes, expiresAt };
  });
}

/** Whom the key is for: an agent, which may be new, or (agent null) an integration. */
async function getHolder(tx: Transaction, holder: NewKey["holder"], wantedOwner: string | null) {
  if ("id" in holder) {
    const agent = await tx.row<{ name: string }>(
      sql`SELECT name FROM agent WHERE id = ${holder.id} FOR SHARE`,
    );
    if (!agent) throw new CountersignError("not_found", "There is no such agent.");
    return { name: agent.name, agent: await getOrCreateAgent(tx, agent.name, wantedOwner) };
  }
  const name = holder.name.trim();
  if (!name || name.length > 100) {
    throw new CountersignError("invalid_request", "A name has 1 to 100 characters.", {
      fields: [{ path: "/holder/name", message: "1 to 100 characters" }],
    });
  }
  return { name, agent: holder.kind === "agent" ? await getOrCreateAgent(tx, name, wantedOwner) : null };
}

async function getOrCreateAgent(tx: Transaction, name: string, wantedOwner: string | null) {
  const agent = await tx.row<{ id: string; owner_id: string; disabled_at: Date | null }>(sql`
    SELECT id, owner_id, disabled_at FROM agent WHERE name = ${name} FOR SHARE`);
  if (!agent) {
    const id = newId("agt");
    const ownerId = wantedOwner ?? (await findFirstAdmin(tx));
    const added = await tx.run(sql`
      INSERT INTO agent (id, name, owner_id) VALUES (${id}, ${name}, ${ownerId}) ON CONFLICT (name) DO NOTHING`);
    if (added === 1) return { id, ownerId, isNew: true };
    throw new CountersignError(
      "conflict",
      `The agent "${name}" was made by someone else just now. Try again.`,
    );
  }
  if (agent.disabled_at) throw new CountersignError("conflict", `The agent "${name}" is disabled.`);
  if (wantedOwner && agent.owner_id !== wantedOwner) {
    throw new CountersignError(
      "conflict",
      `The agent "${name}" has another owner; its keys are that person's.`,
    );
  }
  return { id: agent.id, ownerId: agent.owner_id, isNew: false };
}
