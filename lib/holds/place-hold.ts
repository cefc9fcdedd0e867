import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { insertHold } from "./insert-hold";

const id = z.string().min(1).max(100);
const inputSchema = z.strictObject({
  target: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("agent"), agentId: id }),
    /** With `rule`, only what that rule of the policy decides. */
    z.strictObject({
      kind: z.literal("action_type"),
      actionType: id,
      rule: z.string().min(1).max(80).optional(),
    }),
  ]),
  reason: z.string().trim().min(3, "say why, for those who find it held").max(500),
  /** When it ends by itself; it stays until it is released when left out. */
  endsAt: z.iso.datetime({ offset: true }).optional(),
});
export type HoldInput = z.input<typeof inputSchema>;

/**
 * Holds automatic execution back to review, from the next submission on and for everything that has not been dispatched.
 * The worker puts what already waits for its execution before people within seconds.
 * @throws CountersignError `forbidden`, `invalid_request` for what is not there or an end that has passed, `conflict`
 * when exactly this is held already.
 */
export async function placeHold(ctx: Context, input: HoldInput): Promise<{ id: string }> {
  requirePermission(ctx.actor, "hold.write");
  const { target, reason, endsAt } = parseInput(inputSchema, input);
  const now = ctx.now();
  if (endsAt && new Date(endsAt) <= now) {
    throw new CountersignError("invalid_request", "The hold would have ended already.", {
      fields: [{ path: "/endsAt", message: "a moment to come" }],
    });
  }
  const actionType = target.kind === "action_type" ? target.actionType : null;
  const agentId = target.kind === "agent" ? target.agentId : null;
  const rule = target.kind === "action_type" ? (target.rule ?? null) : null;
  const policy = actionType === null ? null : ctx.policies.get(actionType);
  if (actionType !== null && !policy)
    throw notThere("/target/actionType", "No policy covers this action type.");
  if (rule !== null && !policy?.policy.rules.some(({ name }) => name === rule)) {
    throw notThere("/target/rule", "The policy has no rule of this name.");
  }
  return ctx.db.transaction(async (tx) => {
    const agent = agentId
      ? await tx.row<{ name: string }>(sql`SELECT name FROM agent WHERE id = ${agentId}`)
      : null;
    if (agentId && !agent) throw notThere("/target/agentId", "There is no such agent.");
    const held = { actionType, agentId, rule, reason, endsAt: endsAt ? new Date(endsAt) : null };
    const id = await insertHold(ctx, tx, { ...held, what: agent?.name });
    if (id === null) {
      throw new CountersignError(
        "conflict",
        "This is held back already. Release that hold first to change it.",
      );
    }
    return { id };
  });
}

const notThere = (path: string, message: string) =>
  new CountersignError("invalid_request", message, { fields: [{ path, message }] });
