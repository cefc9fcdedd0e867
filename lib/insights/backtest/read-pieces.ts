import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CaseSet } from "./case-set";
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
  const rows = await db.rows<Omit<Piece, "cases"> & { cases: PackedCases | null; is_more: boolean }>(sql`
    SELECT starts_at, ends_at, columns, is_more,
           CASE WHEN NOT is_more AND version = ${PIECES_VERSION}::int AND columns @> ${payloadMeanings(columns)}::text[]
                THEN cases END AS cases
    FROM (
      SELECT piece.*, sum(drafts) OVER (ORDER BY starts_at DESC) > ${MOST_CASES}::int AS is_more
      FROM backtest_piece AS piece WHERE action_type = ${actionType} AND ends_at > ${since}
    ) AS counted
    ORDER BY starts_at`);
  const newest = rows.filter(({ is_more }) => !is_more);
  const pieces: Piece[] = [];
  // As far as they go without a gap: what happened after the last is read from the drafts.
  for (const { cases, ...row } of newest) {
    const follows = pieces.length === 0 || pieces.at(-1)!.ends_at.getTime() === row.starts_at.getTime();
    if (!cases || !follows) break;
    pieces.push({ ...row, cases });
  }
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (!first || !last) return null;
  // Where there are no more than are looked at, they reach back all the way, or somebody has deleted some.
  if (newest.length === rows.length && first.starts_at > since) return null;
  return {
    since: new Date(Math.max(first.starts_at.getTime(), since.getTime())),
    settledUntil: last.ends_at,
    cases: unpackPieces(pieces, columns.map(meaningOf)),
  };
}

/** The cases of all the pieces, each once: what the last piece says of it stands. */
function unpackPieces(pieces: readonly Piece[], meanings: readonly string[]): PastCase[] {
  const cases: PastCase[] = [];
  // A draft in an earlier piece too was submitted before this one began: only those need to be kept in mind.
  const told = new CaseSet();
  for (const { starts_at, columns, cases: packed } of [...pieces].reverse()) {
    const start = starts_at.getTime() / 1000;
    const places = meanings.map((meaning) => columns.indexOf(meaning));
    const fresh = unpackCases(packed, places).filter((each) => !told.has(each));
    for (const each of fresh) {
      cases.push(each);
      if (each.at < start) told.add(each);
    }
  }
  return cases;
}

/** Of other facts than the payload's, what no version looked at then nobody knows: a piece need not have them. */
export const payloadMeanings = (columns: readonly Column[]): string[] =>
  columns.filter(({ source }) => source.kind === "payload").map(meaningOf);
