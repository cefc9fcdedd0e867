import { ulid } from "ulid";
import { z } from "zod";
import { recordEvent } from "@/lib/audit/record-event";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { canonicalJson } from "@/lib/trust/canonical-json";
import { sha256Hex } from "@/lib/trust/sha256";
import { getQuarterReview, quarterField } from "./get-quarter-review";

const id = z.string().min(1).max(400);
const inputSchema = z.strictObject({
  quarter: quarterField,
  /** The findings that were on the screen, by id. */
  seen: z.array(id).max(2_000),
  /** Those of them that were marked as looked at. */
  lookedAt: z.array(id).max(2_000).default([]),
  note: z.string().trim().max(2_000).optional(),
});
export type SignQuarterInput = z.input<typeof inputSchema>;

/**
 * Signs a quarter off: keeps what the page says at this moment, with who went through it and what they looked at. It can
 * be signed again; nothing is replaced.
 * @throws CountersignError `forbidden`, `invalid_request`, `conflict` when something has come up that was not on the screen.
 */
export async function signQuarter(ctx: Context, input: SignQuarterInput): Promise<{ id: string }> {
  const actor = requirePermission(ctx.actor, "promotion.write");
  const { quarter, seen, lookedAt, note } = parseInput(inputSchema, input);
  const { findings, preparing } = await getQuarterReview(ctx, { quarter });
  if (preparing) {
    throw new CountersignError(
      "conflict",
      "The figures are still being prepared. Sign it off once they are there.",
    );
  }
  const news = findings.filter((finding) => !seen.includes(finding.id));
  if (news.length > 0) {
    throw new CountersignError(
      "conflict",
      `Something has come up meanwhile: ${news[0]?.what}. Reload, and look again.`,
    );
  }
  const text = canonicalJson(findings);
  const hash = sha256Hex(text);
  const looked = findings.map((finding) => finding.id).filter((each) => lookedAt.includes(each));
  const now = ctx.now();
  const reviewId = `qtr_${ulid(now.getTime())}`;
  return ctx.db.transaction(async (tx) => {
    await tx.run(sql`
      INSERT INTO quarter_review (id, quarter, person_id, note, findings, findings_hash, looked_at, signed_at)
      VALUES (${reviewId}, ${quarter}, ${actor.personId}, ${note || null}, ${text}::json, ${hash}, ${looked}::text[], ${now})`);
    await recordEvent(tx, {
      verb: "quarter.reviewed",
      actor,
      at: now,
      details: {
        subject: { type: "quarter", id: quarter },
        review: reviewId,
        findings: findings.length,
        findings_hash: hash,
        looked_at: looked.length,
      },
    });
    return { id: reviewId };
  });
}
