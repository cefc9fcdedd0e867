import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { idField, nameField } from "@/lib/directory/fields";
import { parseInput } from "@/lib/parse-input";
import { type CreatedKey, createKey } from "./create-key";
import { SCOPES, type Scope } from "./scopes";

const DAY_MS = 86_400_000;

const inputSchema = z.strictObject({
  holder: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("agent"), id: idField }),
    z.strictObject({ kind: z.literal("integration"), name: nameField, ownerId: idField }),
  ]),
  scopes: z.array(z.enum(Object.keys(SCOPES) as [Scope, ...Scope[]])).min(1, "choose at least one"),
  /** Days until it stops by itself; null for never. */
  expiresAfterDays: z.int().min(1).max(3660).nullable(),
});

/**
 * Creates a key for an agent or an integration as the signed-in admin, who from then on never decides on what it
 * submits. The key is in the answer, this once.
 * @throws CountersignError `forbidden`, `invalid_request`, `not_found`, `conflict` (a disabled agent or owner).
 */
export async function issueKey(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema>,
): Promise<Pick<CreatedKey, "id" | "key" | "prefix" | "scopes">> {
  requirePermission(ctx.actor, "keys.write");
  const { holder, scopes, expiresAfterDays } = parseInput(inputSchema, input);
  const { id, key, prefix } = await createKey(ctx, {
    holder,
    ...(holder.kind === "integration" ? { ownerId: holder.ownerId } : {}),
    scopes: scopes.join(","),
    ...(expiresAfterDays ? { expiresAfterMs: expiresAfterDays * DAY_MS } : {}),
  });
  return { id, key, prefix, scopes };
}
