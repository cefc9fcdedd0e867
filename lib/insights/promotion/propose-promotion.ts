import { z } from "zod";
import { commitText, newSalt, recordEvent } from "@/lib/audit/record-event";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { newId } from "@/lib/drafts/new-id";
import { CountersignError } from "@/lib/errors";
import { noticesToWrite } from "@/lib/notices/notice";
import { parseInput } from "@/lib/parse-input";
import { canonicalJson } from "@/lib/trust/canonical-json";
import { sha256Hex } from "@/lib/trust/sha256";
import { makeContent } from "./make-content";
import { workOutPlan } from "./plan-promotion";
import { planSchema } from "./promotion-content";
import { readManagers } from "./read-managers";

const inputSchema = planSchema.extend({
  /** Stricter than what the wizard found, if it is to be; never looser. */
  value: z.number().finite().optional(),
  sampleReview: z
    .number()
    .min(0.01, "at least 1%: nobody would see what goes wrong otherwise")
    .max(1)
    .default(0.1),
  /** For how many days it runs by itself before it falls back. */
  leaseDays: z.int().min(1).max(366).default(90),
  reason: z.string().trim().min(3, "say why, for whoever is to accept it").max(2000),
});
export type ProposalInput = z.input<typeof inputSchema>;

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Proposes that what a reviewed rule decides runs by itself up to a limit: works the plan out once more, freezes its figures
 * and the changed files, and tells those who may accept it.
 * @throws CountersignError `forbidden`, `invalid_request`, `not_found`, `conflict` where history does not bear it (any more),
 * where the files are not the policy in force, or where something is proposed for the rule already.
 */
export async function proposePromotion(ctx: Context, input: ProposalInput): Promise<{ id: string }> {
  const actor = requirePermission(ctx.actor, "promotion.write");
  const { value, sampleReview, leaseDays, reason, ...wish } = parseInput(inputSchema, input);
  const workings = await workOutPlan({ ...ctx, actor }, wish);
  const now = ctx.now();
  const id = newId("prm");
  const lease = {
    until: new Date(now.getTime() + leaseDays * DAY_MS).toISOString().slice(0, 10),
    promotion: id,
  };
  const content = makeContent(workings, { value, sampleReview, lease });
  const text = canonicalJson(JSON.parse(JSON.stringify(content)));
  const hash = sha256Hex(text);
  const salt = newSalt();
  try {
    await ctx.db.transaction(async (tx) => {
      await tx.run(sql`
        INSERT INTO promotion (id, action_type, rule, policy_version_id, lease_until, content, content_hash, reason,
                               reason_salt, proposed_by_id, proposed_at)
        VALUES (${id}, ${content.actionType}, ${content.rule.name}, ${content.policyVersionId}, ${lease.until}, ${text},
                ${hash}, ${reason}, ${salt}, ${actor.personId}, ${now})`);
      await recordEvent(tx, {
        verb: "promotion.proposed",
        actor,
        at: now,
        details: {
          subject: { type: "promotion", id },
          action_type: content.actionType,
          rule: content.rule.name,
          policy_version: content.policyVersionId,
          limit: content.limit,
          lease_until: lease.until,
          content_hash: hash,
          reason_commitment: commitText(salt, reason),
        },
      });
      const managers = (await readManagers(tx)).filter((personId) => personId !== actor.personId);
      const notices = managers.map((personId) => ({
        personId,
        kind: "promotion" as const,
        draftId: null,
        text: `${actor.name} proposes that more of “${content.title}” runs by itself. A second person must accept it.`,
        dedupeKey: id,
      }));
      tx.send(noticesToWrite(notices, now));
    });
  } catch (error) {
    if (error instanceof Error && "constraint" in error && error.constraint === "promotion_open") {
      throw new CountersignError(
        "conflict",
        "A promotion of this rule waits for a second person already. Withdraw it first to propose another.",
      );
    }
    throw error;
  }
  return { id };
}
