import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { type PackedCases, unpackCases } from "./pack-cases";
import { type Column, meaningOf, type PastCase } from "./past-case";
import { MOST_CASES } from "./read-cases";

/** Rises when pieces come to hold something else: all are then made anew. */
export const PIECES_VERSION = 1;

interface Piece {
  starts_at: Date;
  ends_at: Date;
  columns: string[];
  cases: PackedCases;
}

/** The cases of what was submitted from `since` on, as of `settledUntil`: what happened from then on is not in them. */
export interface SettledCases {
  since: Date;
  settledUntil: Date;
  cases: PastCase[];
}

/**
 * The cases that `gatherCases` has put aside, imports apart. Null where nothing is, or a part of the payload is missing that
 * a column asks for.
 */
export async function readPieces(
  db: Queryable,
  { actionType, columns, since }: { actionType: string; columns: readonly Column[]; since: Date },
): Promise<SettledCases | null> {
  const rows = await db.rows<Piece>(sql`
    SELECT starts_at, ends_at, columns, cases
    FROM (
      SELECT piece.*, sum(drafts) OVER (ORDER BY starts_at DESC) AS total
      FROM backtest_piece AS piece WHERE action_type = ${actionType} AND ends_at > ${since}
    ) AS counted
    WHERE total <= ${MOST_CASES} AND version = ${PIECES_VERSION}::int
      AND columns @> ${payloadMeanings(columns)}::text[]
    ORDER BY starts_at`);
  const first = rows[0];
  if (!first) return null;
  const gap = rows.findIndex(
    ({ starts_at }, at) => at > 0 && starts_at.getTime() !== rows[at - 1]!.ends_at.getTime(),
  );
  const pieces = gap < 0 ? rows : rows.slice(0, gap);
  return {
    since: new Date(Math.max(first.starts_at.getTime(), since.getTime())),
    settledUntil: pieces.at(-1)!.ends_at,
    cases: unpackPieces(pieces, columns.map(meaningOf)),
  };
}

/** The cases of all the pieces, each once: what the last piece says of it stands. */
function unpackPieces(pieces: readonly Piece[], meanings: readonly string[]): PastCase[] {
  const cases: PastCase[] = [];
  // A draft in an earlier piece too was submitted before this one began: only those need to be kept in mind.
  const told = new Set<string>();
  for (const { starts_at, columns, cases: packed } of [...pieces].reverse()) {
    const start = starts_at.getTime() / 1000;
    const older: string[] = [];
    for (const each of unpackCases(
      packed,
      meanings.map((meaning) => columns.indexOf(meaning)),
    )) {
      if (told.has(each.id)) continue;
      cases.push(each);
      if (each.at < start) older.push(each.id);
    }
    for (const id of older) told.add(id);
  }
  return cases;
}

/** Of other facts than the payload's, what no version looked at then nobody knows: a piece need not have them. */
export const payloadMeanings = (columns: readonly Column[]): string[] =>
  columns.filter(({ source }) => source.kind === "payload").map(meaningOf);
