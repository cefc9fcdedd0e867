import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";

/** Something that happened to a draft, as open screens are told of it. */
export interface Change {
  draftId: string;
  /** The audit verb, such as `draft.approved`. */
  verb: string;
  /** Who did it, where it was a person. */
  by: { id: string; name: string } | null;
}

/**
 * How far the trail has been read. Its numbers are given out before their transactions commit: one that is missing may
 * still come, and is looked for until its time is over.
 */
export interface FeedPosition {
  last: bigint;
  /** Numbers passed over, with when that was (milliseconds). */
  missing: Map<bigint, number>;
}

/** No transaction of ours stays open for so long (IDLE_IN_TRANSACTION of web and worker): what is missing then was rolled back. */
const GIVE_UP_MS = 60_000;
const MOST = 1_000;
/** Of the trail, at once: imports beyond so many make screens read anew all the same. */
const MOST_PAGES = 20;
/** A server that was killed skips numbers; more than this were never in flight. */
const MOST_MISSING = 1_000n;

/** From here on: what has happened before is on the screens already. */
export async function feedPositionNow(db: Queryable): Promise<FeedPosition> {
  const row = await db.row<{ last: string | null }>(sql`SELECT max(id)::text AS last FROM audit_event`);
  return { last: BigInt(row?.last ?? 0), missing: new Map() };
}

interface Row {
  id: string;
  draft_id: string | null;
  verb: string;
  person_id: string | null;
  person_name: string | null;
}

/**
 * What has happened since `position`, in the order of the trail, and the position after it. Null in place of the changes
 * when screens have to read anew: there are too many to tell one by one, or the organisation itself has changed.
 * Imports of past decisions are no news: thousands a second of them are passed over, and screens stay as they are.
 */
export async function readChanges(
  db: Queryable,
  position: FeedPosition,
  now: number,
): Promise<{ changes: Change[] | null; position: FeedPosition }> {
  const news: Row[] = [];
  let reached = position;
  for (let page = 0; ; page++) {
    const rows = await readRows(db, reached);
    news.push(...rows.filter(({ verb }) => verb !== "draft.imported"));
    const isTooMuch = news.length > MOST || page === MOST_PAGES;
    if (isTooMuch) return { changes: null, position: await feedPositionNow(db) };
    reached = advance(reached, rows, now);
    if (rows.length <= MOST) break;
  }
  // Who may decide what may be another now.
  if (news.some(({ verb }) => ROUTING.test(verb))) return { changes: null, position: reached };
  const changes = news.flatMap(({ draft_id, verb, person_id, person_name }): Change[] => {
    if (draft_id === null || verb === "draft.decision_denied") return [];
    const by = person_id === null ? null : { id: person_id, name: person_name! };
    return [{ draftId: draft_id, verb: TOLD_AS[verb] ?? verb, by }];
  });
  return { changes, position: reached };
}

function readRows(db: Queryable, position: FeedPosition): Promise<Row[]> {
  const waitedFor = [...position.missing.keys()].map(String);
  return db.rows<Row>(sql`
    SELECT audit_event.id::text, draft_id, verb, person.id AS person_id, person.name AS person_name
    FROM audit_event
    LEFT JOIN person ON event->'actor'->>'kind' = 'person' AND person.id = event->'actor'->>'id'
    WHERE audit_event.id > ${position.last.toString()}::bigint OR audit_event.id = ANY(${waitedFor}::bigint[])
    ORDER BY audit_event.id LIMIT ${MOST + 1}`);
}

/** The position after these rows of the trail, with the numbers between them that are still to come. */
function advance(position: FeedPosition, rows: Row[], now: number): FeedPosition {
  const missing = new Map([...position.missing].filter(([, since]) => now - since < GIVE_UP_MS));
  let { last } = position;
  for (const { id } of rows) {
    const number = BigInt(id);
    missing.delete(number);
    const from = number - last > MOST_MISSING ? number - MOST_MISSING : last + 1n;
    for (let between = from; between < number; between += 1n) missing.set(between, now);
    if (number > last) last = number;
  }
  return { last, missing };
}

/** No screen may learn from here which draft is a check of attention. */
const TOLD_AS: Record<string, string> = {
  "draft.check_seeded": "draft.submitted",
  "draft.check_caught": "draft.rejected",
  "draft.check_missed": "draft.withdrawn",
  "draft.check_withdrawn": "draft.withdrawn",
};

const ROUTING = /^(person|group|department|approver_rule|schedule|absence|business_hours|hold)\./;
