import { type FeedShift, renderFeed } from "@/lib/channels/calendar-feed";
import type { Database } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import type { Directory } from "@/lib/routing/directory";
import { type Shift, shiftsBetween } from "@/lib/routing/on-call";
import { DAY_MS } from "@/lib/routing/wall-clock";
import { sha256Hex } from "@/lib/trust/sha256";
import { getDirectory } from "../load-directory";

const WEEK_MS = 7 * DAY_MS;
const WEEKS_BACK = 4;
const WEEKS_AHEAD = 12;
/** A Monday, from which the weeks of every feed are counted. */
const FIRST_WEEK = Date.UTC(1970, 0, 5);
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** An iCalendar file, and a tag that stays the same while its shifts do. */
export interface RenderedFeed {
  body: string;
  etag: string;
}

/**
 * The calendar that a feed address stands for, from four weeks back to twelve ahead in whole weeks. Null when nothing is
 * there for it: an unknown or revoked token, a person who is disabled or has no role left, a schedule that is archived.
 * `origin` is where this installation's pages are.
 */
export async function readFeed(
  db: Database,
  { token, now, origin }: { token: string; now: Date; origin: string | null },
): Promise<RenderedFeed | null> {
  if (!TOKEN.test(token)) return null;
  const feed = await db.row<{ person_id: string; name: string; schedule_id: string | null }>(sql`
    SELECT person_id, person.name, schedule_id FROM calendar_feed JOIN person ON person.id = person_id
    WHERE token_hash = ${sha256Hex(token)} AND revoked_at IS NULL AND disabled_at IS NULL
      AND EXISTS (SELECT 1 FROM person_role WHERE person_id = person.id)`);
  if (!feed) return null;
  const directory = await getDirectory(db);
  const schedule = feed.schedule_id === null ? null : directory.schedules.get(feed.schedule_id);
  if (schedule === undefined) return null;
  const shifts = shiftsOf(
    directory,
    schedule ? { scheduleId: schedule.id } : { personId: feed.person_id },
    now,
  );
  const name = `On call: ${schedule?.name ?? feed.name}`;
  const path = schedule ? `/organisation/on-call/${schedule.id}` : "/organisation/on-call";
  const body = renderFeed({ name, shifts, now, ...(origin ? { url: new URL(path, origin).href } : {}) });
  return { body, etag: `W/"${sha256Hex(JSON.stringify([name, shifts])).slice(0, 32)}"` };
}

function shiftsOf(
  directory: Directory,
  wanted: { scheduleId: string } | { personId: string },
  now: Date,
): FeedShift[] {
  const week = FIRST_WEEK + Math.floor((now.getTime() - FIRST_WEEK) / WEEK_MS) * WEEK_MS;
  const from = new Date(week - WEEKS_BACK * WEEK_MS);
  const until = new Date(week + WEEKS_AHEAD * WEEK_MS);
  const chosen = [...directory.schedules.values()].filter(
    ({ id }) => !("scheduleId" in wanted) || id === wanted.scheduleId,
  );
  return chosen.flatMap(({ id, name, definition, overrides }) =>
    shiftsBetween(definition, overrides, from, until).flatMap((shift): FeedShift[] => {
      const { personId, start, end } = shift;
      if (personId === null || ("personId" in wanted && personId !== wanted.personId)) return [];
      const personName = directory.people.get(personId)?.name ?? personId;
      return [{ id: `${id}/${keyOf(shift, from)}`, personName, scheduleName: name, start, end }];
    }),
  );
}

/** One that began before the feed's time has no start to tell it by: it stays the same while that time moves on. */
const keyOf = ({ personId, layer, overrideId, start }: Shift, from: Date): string =>
  [overrideId ?? layer, personId, start <= from ? "since" : start.toISOString()].join("/");
