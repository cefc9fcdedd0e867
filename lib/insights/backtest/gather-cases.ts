import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { amongChangedIn, SETTLED_AFTER_MS } from "./among-changed";
import { columnsOf } from "./columns";
import { packCases } from "./pack-cases";
import { meaningOf } from "./past-case";
import { payloadColumns } from "./payload-columns";
import { readCases, readVersions } from "./read-cases";
import { PIECES_VERSION, payloadMeanings } from "./read-pieces";

/** So many drafts make a piece: fewer are read one by one in little time. */
const DRAFTS_IN_PIECE = 1000;
/** A run ends after so many pieces, so that a worker can stop: the next goes on. */
const MOST_PIECES = 100;

type GatherContext = Pick<Context, "db" | "policies" | "now">;

interface Stretch {
  starts_at: Date;
  ends_at: Date;
}

/**
 * Puts what has settled of past drafts aside for backtests, in pieces: with every fact that any version of the policy looked
 * at, and whatever of the payload can be compared, so that a policy of tomorrow can be tried on them too. Safe to run in
 * several workers at once. Resolves to how many pieces it made.
 */
export async function gatherCases(ctx: GatherContext, draftsInPiece = DRAFTS_IN_PIECE): Promise<number> {
  let made = 0;
  for (const policy of ctx.policies.values()) {
    while (made < MOST_PIECES) {
      const stretch =
        (await findOutdated(ctx, policy)) ?? (await findNext(ctx, policy.actionType, draftsInPiece));
      if (!stretch) break;
      await makePiece(ctx, policy, stretch);
      made++;
    }
  }
  return made;
}

/** The oldest piece that lacks what the policy in force could ask of the payload. */
const findOutdated = ({ db }: GatherContext, policy: LoadedPolicy): Promise<Stretch | null> =>
  db.row<Stretch>(sql`
    SELECT starts_at, ends_at FROM backtest_piece
    WHERE action_type = ${policy.actionType}
      AND (version <> ${PIECES_VERSION}::int
           OR NOT columns @> ${payloadMeanings(columnsOf([policy], payloadColumns(policy)))}::text[])
    ORDER BY starts_at LIMIT 1`);

/** From the end of the last piece until enough drafts were decided; null while they have not settled. */
const findNext = (ctx: GatherContext, actionType: string, drafts: number): Promise<Stretch | null> =>
  ctx.db.row<Stretch>(sql`
    SELECT last.ends_at AS starts_at, draft.decided_at + interval '1 millisecond' AS ends_at
    FROM (SELECT coalesce(max(ends_at), 'epoch') AS ends_at FROM backtest_piece WHERE action_type = ${actionType}) AS last
    CROSS JOIN LATERAL (
      SELECT decided_at FROM draft
      WHERE action_type = ${actionType} AND decided_at >= last.ends_at
        AND decided_at < ${new Date(ctx.now().getTime() - SETTLED_AFTER_MS)}
      ORDER BY decided_at, id OFFSET ${drafts - 1} LIMIT 1
    ) AS draft`);

async function makePiece(ctx: GatherContext, policy: LoadedPolicy, stretch: Stretch): Promise<void> {
  const { actionType } = policy;
  const { starts_at, ends_at } = stretch;
  const versions = await readVersions(ctx, actionType);
  const policies = [policy, ...versions.flatMap(({ policy: former }) => former ?? [])];
  const columns = columnsOf(policies, policies.flatMap(payloadColumns));
  const { cases } = await readCases(ctx, {
    actionType,
    columns,
    since: new Date(0),
    until: ends_at,
    among: amongChangedIn(actionType, starts_at, ends_at),
  });
  await ctx.db.run(sql`
    INSERT INTO backtest_piece (action_type, starts_at, ends_at, version, columns, drafts, cases)
    VALUES (${actionType}, ${starts_at}, ${ends_at}, ${PIECES_VERSION}::int, ${columns.map(meaningOf)}::text[], ${cases.length}::int,
            ${JSON.stringify(packCases(cases, columns.length))}::json)
    ON CONFLICT (action_type, starts_at) DO UPDATE SET version = excluded.version, columns = excluded.columns,
      drafts = excluded.drafts, cases = excluded.cases
    WHERE backtest_piece.ends_at = excluded.ends_at`);
}
