import { CountersignError } from "@/lib/errors";
import { createKey } from "@/lib/keys/create-key";
import type { KeyContext } from "@/lib/keys/key-context";
import { type ListedKey, listKeys } from "@/lib/keys/list-keys";
import { revokeKey } from "@/lib/keys/revoke-key";
import { rotateKey } from "@/lib/keys/rotate-key";
import { type KeyCommand, parseKeyCommand } from "./launcher/key-command";
import { loadEnvironmentFile, openOwnDatabase } from "./launcher/open-own-database";
import { PlainError } from "./launcher/step.mjs";

/** Only what a caller may capture goes to stdout: the key, or the list. */
const say = (text: string) => console.error(text);
const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? "never";

async function run(ctx: KeyContext, command: KeyCommand): Promise<void> {
  switch (command.verb) {
    case "create": {
      const created = await createKey(ctx, command);
      if (created.agentIsNew) say(`There is a new agent, "${created.name}" (${created.agentId}).`);
      say(`Key ${created.prefix}… of ${command.holder.kind} "${created.name}", owned by ${created.ownerId}`);
      say(`Scopes ${created.scopes.join(", ")}; expires: ${day(created.expiresAt)}`);
      say("It is shown this once:");
      console.log(created.key);
      return;
    }
    case "rotate": {
      const rotated = await rotateKey(ctx, command);
      say(`${rotated.replaced.prefix}… of "${rotated.name}" is revoked; expires: ${day(rotated.expiresAt)}`);
      say("Its successor is shown this once:");
      console.log(rotated.key);
      return;
    }
    case "revoke": {
      const { prefix, name } = await revokeKey(ctx, command.idOrPrefix);
      say(`${prefix}… of "${name}" is revoked.`);
      return;
    }
    case "list":
      for (let beforeId: string | null = null; ; ) {
        const keys: ListedKey[] = await listKeys(ctx, { beforeId });
        for (const key of keys) console.log(lineOf(key, ctx.now()));
        beforeId = keys.at(-1)?.id ?? null;
        if (!beforeId) return;
      }
  }
}

function lineOf(key: ListedKey, now: Date): string {
  const expired = key.expires_at && key.expires_at <= now;
  const state = key.revoked_at ? `revoked ${day(key.revoked_at)}` : expired ? "expired" : "active";
  return [
    key.prefix,
    state.padEnd(18),
    key.kind.padEnd(11),
    key.name.padEnd(24),
    key.owner.padEnd(18),
    `expires ${day(key.expires_at)}`.padEnd(18),
    key.scopes.join(","),
    key.id,
  ].join("  ");
}

try {
  loadEnvironmentFile();
  const command = parseKeyCommand(process.argv.slice(2));
  const db = openOwnDatabase();
  const ctx: KeyContext = { actor: { kind: "system", name: "cli" }, db, now: () => new Date() };
  await run(ctx, command).finally(() => db.close());
} catch (error) {
  const explained = error instanceof PlainError || error instanceof CountersignError;
  say(explained ? error.message : String((error as Error).stack ?? error));
  process.exitCode = 1;
}
