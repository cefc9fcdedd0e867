import type { Queryable } from "@/lib/db/database";
import { type Statement, sql } from "@/lib/db/sql";
import { PolicyError } from "@/lib/policy/policy-error";
import type { LoadedPolicies, LoadedPolicy } from "@/lib/policy-files/load-policies";
import { getPolicyOfVersion } from "@/lib/policy-files/policy-versions";
import { pointersOf, type Reading, readingOf, toPath } from "./columns";
import type { Column, PastCase, PastCases, PastOutcome } from "./past-case";

/** More than this many are not held in memory at once: the newest count. */
export const MOST_CASES = 250_000;
const MOST_VERSIONS = 500;

export interface CaseQuestion {
  actionType: string;
  columns: readonly Column[];
  /** Submitted in this time. */
  since: Date;
  until: Date;
  /** Only those among these, as a query of their ids; all, or the newest, when left out. */
  among?: Statement;
}

/**
 * Reads the past drafts of an action type with the facts of then and what people made of them, in one pass over the tables:
 * one line of text for each decision, so that nothing is built that is not needed. Left out are checks of reviewers'
 * attention, revisions (what was first proposed is what would have run), and decisions that were taken back.
 */
export async function readCases(
  ctx: { db: Queryable; policies: LoadedPolicies },
  { actionType, columns, since, until, among }: CaseQuestion,
): Promise<PastCases & { since: Date }> {
  const pointers = pointersOf(columns);
  const [versions, from] = await Promise.all([
    readVersions(ctx, actionType),
    among ? since : beginOf(ctx.db, actionType, since, until),
  ]);
  const readings = new Map(versions.map(({ id, policy: then }) => [id, readingOf(columns, pointers, then)]));
  const none = readingOf(columns, pointers, null);
  const complete = versions.map(({ id }) => id).filter((id) => readings.get(id)?.isComplete);
  const lines = await ctx.db.rows<{ id: string; t: string }>(sql`
    SELECT draft.id, concat(floor(extract(epoch FROM draft.created_at))::int, E'\x1f', draft.agent_id, E'\x1f',
                  draft.subject_type, E'\x1f', draft.policy_version_id, E'\x1f', draft.origin, E'\x1f',
                  draft.decided_payload_hash IS NOT NULL, E'\x1f', decision.verdict, E'\x1f', decision.seconds_on_screen,
                  E'\x1f', CASE WHEN draft.origin = 'import' THEN
                             (SELECT outcome FROM example WHERE example.draft_id = draft.id) END,
                  E'\x1f', coalesce(classification.facts, (
                    SELECT json_object_agg(compared->>'fact', compared->'actual')
                    FROM json_array_elements(classification.result->'conditions') AS compared), '{}'),
                  E'\x1f', CASE WHEN classification.facts IS NULL OR draft.policy_version_id <> ALL (${complete}::text[]) THEN
                    (SELECT json_agg(draft.payload #> path::text[] ORDER BY at)
                     FROM unnest(${pointers.map(toPath)}::text[]) WITH ORDINALITY AS wanted(path, at)) END) AS t
    FROM ${among ? oneByOne(among) : ALL_AT_ONCE}
    WHERE draft.action_type = ${actionType} AND draft.created_at >= ${from} AND draft.created_at < ${until}
      AND draft.revises_id IS NULL AND draft.origin <> 'check'`);
  // Parsed as one text: a call for each line takes longer than what it parses.
  const factsOf = JSON.parse(`[${lines.map(({ t }) => factsIn(t)).join(",")}]`) as Record<string, unknown>[];
  // A part of a line keeps all of it in memory: one of each is enough.
  const shared = new Map<string, string>();
  const share = (text: string): string => {
    const known = shared.get(text);
    if (known === undefined) shared.set(text, text);
    return known ?? text;
  };
  const read = new Map<string, PastCase & { outcome: PastOutcome | null; seconds: number | null }>();
  for (const [index, { id, t }] of lines.entries()) {
    const [
      at,
      agentId = "",
      subjectType = "",
      version = "",
      origin,
      decided,
      verdict,
      seconds,
      outcome,
      ,
      taken,
    ] = t.split("\x1f");
    const given = outcomeOf(verdict!, decided === "t", outcome!);
    const known = read.get(id);
    if (known) {
      // A quorum: the strictest of what its people said stands.
      if (given && (!known.outcome || rankOf(given) > rankOf(known.outcome))) known.outcome = given;
      if (seconds) known.seconds = (known.seconds ?? 0) + Number(seconds);
      continue;
    }
    read.set(id, {
      id,
      at: Number(at),
      agentId: share(agentId),
      subjectType: share(subjectType),
      imported: origin === "import",
      outcome: given,
      seconds: seconds ? Number(seconds) : null,
      values: valuesOf(readings.get(version) ?? none, factsOf[index]!, taken!),
    });
  }
  return { actionType, columns, cases: [...read.values()], since: from };
}

const ALL_AT_ONCE = sql`
  draft JOIN classification ON classification.draft_id = draft.id AND classification.cause IN ('submitted', 'imported')
  LEFT JOIN decision ON decision.draft_id = draft.id AND decision.undone_at IS NULL`;

/** Each looked up by itself: a plan for any time would take it for half of all drafts, and read all. */
const oneByOne = (ids: Statement): Statement => sql`
  (${ids}) AS changed
  CROSS JOIN LATERAL (SELECT * FROM draft WHERE draft.id = changed.id OFFSET 0) AS draft
  CROSS JOIN LATERAL (
    SELECT * FROM classification WHERE draft_id = draft.id AND cause IN ('submitted', 'imported') OFFSET 0
  ) AS classification
  LEFT JOIN LATERAL (
    SELECT * FROM decision WHERE draft_id = draft.id AND undone_at IS NULL OFFSET 0
  ) AS decision ON true`;

/** The versions that drafts may have been classified by, those that can still be read, the newest first. */
export async function readVersions(
  ctx: { db: Queryable; policies: LoadedPolicies },
  actionType: string,
): Promise<{ id: string; policy: LoadedPolicy | null }[]> {
  const rows = await ctx.db.rows<{ id: string }>(sql`
    SELECT id FROM policy_version WHERE action_type = ${actionType} ORDER BY recorded_at DESC LIMIT ${MOST_VERSIONS}`);
  return Promise.all(
    rows.map(async ({ id }) => ({
      id,
      policy: await getPolicyOfVersion(ctx.db, ctx.policies, actionType, id).catch((error: unknown) => {
        if (error instanceof PolicyError) return null;
        throw error;
      }),
    })),
  );
}

/** `since`, or later where more drafts were submitted since than are looked at. */
async function beginOf(db: Queryable, actionType: string, since: Date, until: Date): Promise<Date> {
  const row = await db.row<{ created_at: Date }>(sql`
    SELECT created_at FROM draft
    WHERE action_type = ${actionType} AND created_at >= ${since} AND created_at < ${until}
    ORDER BY created_at DESC OFFSET ${MOST_CASES} LIMIT 1`);
  return row ? new Date(row.created_at.getTime() + 1) : since;
}

/** The facts stand last but one; a control character never stands in JSON, so the separators are what they seem. */
function factsIn(line: string): string {
  const end = line.lastIndexOf("\x1f");
  return line.slice(line.lastIndexOf("\x1f", end - 1) + 1, end);
}

function valuesOf({ names, pointers }: Reading, known: Record<string, unknown>, taken: string): unknown[] {
  const payload = taken ? (JSON.parse(taken) as unknown[]) : null;
  return names.map((name, at) => {
    const pointer = pointers[at]!;
    // What was proposed is what counts, whatever the facts of then say of the payload.
    if (payload && pointer >= 0) return payload[pointer] ?? null;
    return name !== null && Object.hasOwn(known, name) ? known[name] : null;
  });
}

const OF_VERDICT: Record<string, PastOutcome> = {
  reject: "rejected",
  request_changes: "changes_requested",
  edit_and_approve: "edited",
  overturn: "overturned",
  uphold: "upheld",
};

/** What one decision says of the draft as it was proposed. An approval counts once the draft had all it needed. */
function outcomeOf(verdict: string, wasApproved: boolean, imported: string): PastOutcome | null {
  if (verdict === "approve") return wasApproved ? "approved" : null;
  return OF_VERDICT[verdict] ?? ((imported || null) as PastOutcome | null);
}

const RANKS: Record<PastOutcome, number> = {
  approved: 0,
  upheld: 1,
  edited: 2,
  changes_requested: 3,
  overturned: 4,
  rejected: 5,
};
const rankOf = (outcome: PastOutcome): number => RANKS[outcome];
