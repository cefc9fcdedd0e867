import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { findFindings } from "./find-findings";
import { daysOfQuarter, QUARTER, quarterOf } from "./quarter";
import { readFacts } from "./read-facts";
import type { QuarterReview, SignOff } from "./types";

export const quarterField = z.string().regex(QUARTER, "a quarter such as 2026-Q4");
const MOST_SIGN_OFFS = 50;

/**
 * What one quarter asks somebody to do, and who went through it.
 * @throws CountersignError `forbidden`, `invalid_request`, also for a quarter to come.
 */
export async function getQuarterReview(ctx: Context, input: { quarter: string }): Promise<QuarterReview> {
  requirePermission(ctx.actor, "insights.read");
  const { quarter } = parseInput(z.strictObject({ quarter: quarterField }), input);
  const running = quarterOf(ctx.now());
  if (quarter > running) throw new CountersignError("invalid_request", "This quarter has not begun.");
  const days = daysOfQuarter(quarter, ctx.now());
  const [{ facts, preparing }, signOffs] = await Promise.all([
    readFacts(ctx, days),
    listSignOffs(ctx, quarter),
  ]);
  const findings = findFindings(facts);
  return { quarter, days, isRunning: quarter === running, preparing, findings, signOffs };
}

async function listSignOffs(ctx: Context, quarter: string): Promise<SignOff[]> {
  const rows = await ctx.db.rows<Omit<SignOff, "signedAt"> & { signed_at: Date }>(sql`
    SELECT quarter_review.id, person.name AS person, note, json_array_length(findings) AS findings,
           cardinality(looked_at) AS "lookedAt", signed_at
    FROM quarter_review JOIN person ON person.id = person_id
    WHERE quarter = ${quarter} ORDER BY signed_at DESC LIMIT ${MOST_SIGN_OFFS}`);
  return rows.map(({ signed_at, ...row }) => ({ ...row, signedAt: signed_at.toISOString() }));
}
