import type { Database } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { listPresent, type Present } from "./presence";
import { type Change, type FeedPosition, feedPositionNow, readChanges } from "./read-changes";

/** What a browser is told while it is connected. */
export type LiveMessage =
  | { kind: "changes"; changes: Change[] }
  /** Something has changed that is told by no list: read anew. */
  | { kind: "resync" }
  /** Who has the drafts open that this person has open. */
  | { kind: "presence"; present: Record<string, Present[]> }
  | { kind: "notices"; unread: number };

interface Subscriber {
  personId: string;
  tell: (message: LiveMessage) => void;
  /** What it was told last, so that nothing is said twice. */
  presence: string;
  unread: number | null;
}

const LOOK_EVERY_MS = 700;
/** Presence and notices change rarely: every second look. */
const SLOW_EVERY = 2;

interface Hub {
  subscribers: Set<Subscriber>;
  looking: boolean;
}
const shared = globalThis as { countersignLiveHub?: Hub };

/**
 * Tells `tell` of all that happens from now on, until the answered function is called. All browsers of this process share
 * one look at the database; while nobody is connected there is none.
 */
export function subscribe(db: Database, personId: string, tell: (message: LiveMessage) => void): () => void {
  shared.countersignLiveHub ??= { subscribers: new Set(), looking: false };
  const hub = shared.countersignLiveHub;
  const subscriber: Subscriber = { personId, tell, presence: "{}", unread: null };
  hub.subscribers.add(subscriber);
  if (!hub.looking) void lookWhileWanted(db, hub);
  return () => hub.subscribers.delete(subscriber);
}

async function lookWhileWanted(db: Database, hub: Hub): Promise<void> {
  hub.looking = true;
  let position: FeedPosition | null = null;
  for (let round = 0; hub.subscribers.size > 0; round += 1) {
    try {
      position ??= await feedPositionNow(db);
      const read = await readChanges(db, position, Date.now());
      position = read.position;
      const message: LiveMessage | null =
        read.changes === null
          ? { kind: "resync" }
          : read.changes.length > 0
            ? { kind: "changes", changes: read.changes }
            : null;
      if (message) for (const { tell } of hub.subscribers) tell(message);
      if (round % SLOW_EVERY === 0) await tellPresenceAndNotices(db, hub);
    } catch (error) {
      // What happened meanwhile is not lost: the position stays where it was.
      console.error("live: could not look for changes, trying again", error);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  hub.looking = false;
}

async function tellPresenceAndNotices(db: Database, hub: Hub): Promise<void> {
  const now = new Date();
  const people = [...new Set([...hub.subscribers].map(({ personId }) => personId))];
  const opened = await db.rows<{ draft_id: string; person_id: string }>(sql`
    SELECT draft_id, person_id FROM presence WHERE person_id = ANY(${people}::text[])`);
  const present = await listPresent(db, [...new Set(opened.map(({ draft_id }) => draft_id))], now);
  const unread = await countUnreadOf(db, people);
  for (const subscriber of hub.subscribers) {
    const { personId, tell } = subscriber;
    const others: Record<string, Present[]> = {};
    for (const { draft_id, person_id } of opened) {
      if (person_id !== personId) continue;
      const rest = (present.get(draft_id) ?? []).filter(({ id }) => id !== personId);
      if (rest.length > 0) others[draft_id] = rest;
    }
    const told = JSON.stringify(others);
    if (told !== subscriber.presence) {
      subscriber.presence = told;
      tell({ kind: "presence", present: others });
    }
    const count = unread.get(personId) ?? 0;
    if (count !== subscriber.unread) tell({ kind: "notices", unread: count });
    subscriber.unread = count;
  }
}

/** Nobody reads further than "99+". */
const MOST_UNREAD = 100;

async function countUnreadOf(db: Database, people: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.rows<{ id: string; unread: number }>(sql`
    SELECT person.id, (SELECT count(*)::int FROM (
             SELECT FROM notice WHERE notice.person_id = person.id AND read_at IS NULL LIMIT ${MOST_UNREAD}) AS counted) AS unread
    FROM unnest(${people}::text[]) AS person(id)`);
  return new Map(rows.map(({ id, unread }) => [id, unread]));
}
