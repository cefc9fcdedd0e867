import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { newId } from "@/lib/drafts/new-id";
import { CountersignError } from "@/lib/errors";
import { generateApiKey } from "@/lib/trust/api-key";
import { findFirstAdmin, findPersonByEmail } from "./find-owner";
import { type KeyContext, personBehind, requireKeyAdministrator } from "./key-context";
import { parseScopes, type Scope } from "./scopes";

export interface NewKey {
  /** For an agent, which is made when there is none of this name, or for a trusted integration. */
  holder: { kind: "agent" | "integration"; name: string };
  /** E-mail address of the owner. Default: the agent's owner, else the first admin. */
  ownerEmail?: string;
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
 * @throws CountersignError `forbidden`, `invalid_request` (scopes, name), `not_found` (owner), `conflict` (a disabled
 * agent, or another owner than the agent's).
 */
export async function createKey(ctx: KeyContext, input: NewKey): Promise<CreatedKey> {
  requireKeyAdministrator(ctx);
  const scopes = parseScopes(input.scopes, input.holder.kind);
  const name = input.holder.name.trim();
  if (!name || name.length > 100) {
    throw new CountersignError("invalid_request", "A name has 1 to 100 characters.");
  }
  const { key, prefix, hash } = generateApiKey();
  const id = newId("key");
  const at = ctx.now();
  const expiresAt = input.expiresAfterMs ? new Date(at.getTime() + input.expiresAfterMs) : null;

  return ctx.db.transaction(async (tx) => {
    const named = input.creatorEmail ? await findPersonByEmail(tx, input.creatorEmail) : null;
    const creatorId = personBehind(ctx, named);
    const wantedOwner = input.ownerEmail ? await findPersonByEmail(tx, input.ownerEmail) : null;
    const agent = input.holder.kind === "agent" ? await getOrCreateAgent(tx, name, wantedOwner) : null;
    const ownerId = agent?.ownerId ?? wantedOwner ?? (await findFirstAdmin(tx));
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
