import { z } from "zod";
import { eventText } from "@/lib/audit/record-event";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { canonicalJson } from "@/lib/trust/canonical-json";
import { sha256Hex } from "@/lib/trust/sha256";

const value = z.union([
  z.string().max(2000),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.union([z.string().max(500), z.number(), z.boolean()])).max(100),
]);

/** The body of `PUT /api/v1/facts/{subject_type}/{subject_id}`. */
export const factsSchema = z.strictObject({
  /** Names to values; null takes a fact back, which makes it unknown again. */
  facts: z
    .record(
      z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]{0,99}$/, "letters, digits and _ . -, a letter first"),
      value,
    )
    .refine((facts) => Object.keys(facts).length > 0, "at least one fact")
    .refine((facts) => Object.keys(facts).length <= 100, "at most 100 facts"),
  /** When this was true; now when left out. */
  observed_at: z.iso.datetime({ offset: true }).optional(),
});

const subjectSchema = z.strictObject({ type: z.string().min(1).max(100), id: z.string().min(1).max(300) });

/**
 * Stores what a trusted system knows of a subject. The newest observation of a name wins, in whatever order they come.
 * @throws CountersignError `forbidden` without the scope facts:write, which agents never have.
 */
export async function pushFacts(ctx: Context, subject: { type: string; id: string }, input: unknown) {
  const { actor } = ctx;
  if (actor.kind !== "key" || actor.agentId !== null || !actor.scopes.includes("facts:write")) {
    throw new CountersignError(
      "forbidden",
      "Only a trusted integration's key with the scope facts:write can push facts.",
    );
  }
  const { type, id } = parseInput(subjectSchema, subject);
  const { facts, observed_at } = parseInput(factsSchema, input);
  const now = ctx.now();
  const observedAt = observed_at ? new Date(observed_at) : now;
  if (observedAt.getTime() > now.getTime() + 300_000) {
    throw new CountersignError("invalid_request", "observed_at lies in the future.", {
      fields: [{ path: "/observed_at", message: "lies more than five minutes in the future" }],
    });
  }
  const names = Object.keys(facts);
  const event = eventText({
    verb: "fact.pushed",
    actor,
    at: now,
    details: { subject: { type, id }, names, values_hash: sha256Hex(canonicalJson(facts)) },
  });
  const stored = await ctx.db.run(sql`
    WITH event AS (
      INSERT INTO audit_event (verb, bytes, event, occurred_at)
      SELECT 'fact.pushed', convert_to(t, 'UTF8'), t::jsonb, ${now} FROM (SELECT ${event}::text AS t) AS text
    )
    INSERT INTO fact (subject_type, subject_id, name, value, api_key_id, source, observed_at)
    SELECT ${type}, ${id}, pushed.key, pushed.value, ${actor.keyId}, ${actor.name}, ${observedAt}
    FROM jsonb_each(${JSON.stringify(facts)}::jsonb) AS pushed
    ON CONFLICT (subject_type, subject_id, name) DO UPDATE
    SET value = excluded.value, api_key_id = excluded.api_key_id, source = excluded.source, observed_at = excluded.observed_at
    WHERE fact.observed_at <= excluded.observed_at`);
  return { subject: { type, id }, stored, ignored_as_older: names.length - stored };
}
