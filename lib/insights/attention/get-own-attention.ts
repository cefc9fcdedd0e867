import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { parseInput } from "@/lib/parse-input";
import { type AttentionInput, attentionSchema, lastDays } from "./get-attention";
import { readAttention } from "./read-attention";
import type { PersonAttention } from "./types";

/** How the acting person's own attention held; null when they decided nothing. @throws CountersignError `forbidden`. */
export async function getOwnAttention(ctx: Context, input: AttentionInput): Promise<PersonAttention | null> {
  const { personId } = requirePermission(ctx.actor, "inbox.read");
  const { days } = parseInput(attentionSchema, input);
  const [own] = await readAttention(ctx, { ...lastDays(days, ctx.now()), personId });
  return own ?? null;
}
