import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { heldWhat } from "@/lib/holds/held-what";
import { readAttention } from "../attention/read-attention";
import { getFigures } from "../figures/get-figures";
import { type DaySpan, momentsOf } from "../figures/period";
import type { Preparation } from "../figures/types";
import { listCandidates } from "../promotion/list-candidates";
import { listPromotions } from "../promotion/list-promotions";
import { typesWithParts } from "./find-promotable";
import type { QuarterFacts } from "./quarter-facts";

const DAY_MS = 86_400_000;
const MOST = 500;

/** Reads what a quarter's findings are made of, for those who may see insights. */
export async function readFacts(
  ctx: Context,
  days: DaySpan,
): Promise<{ facts: QuarterFacts; preparing: Preparation | null }> {
  const { from, until } = momentsOf(days);
  const [rules, agents, attention, unassigned, overturned, holds] = await Promise.all([
    getFigures(ctx, { period: days, by: "rule" }),
    getFigures(ctx, { period: days, by: "agent" }),
    readAttention(ctx, { from, until }),
    readUnassigned(ctx, from, until),
    readOverturned(ctx, from, until),
    readHolds(ctx),
  ]);
  const preparing = rules.preparing ?? agents.preparing;
  const figures = preparing ? null : rules.rows;
  const facts = {
    policies: ctx.policies,
    now: ctx.now(),
    rules: figures,
    partly: await readPartly(ctx, figures, from, until),
    agents: preparing ? null : agents.rows,
    attention,
    unassigned,
    overturned,
    holds,
  };
  return { facts, preparing };
}

/** What is not on its way already. */
async function readPartly(
  ctx: Context,
  rules: QuarterFacts["rules"],
  since: Date,
  until: Date,
): Promise<QuarterFacts["partly"]> {
  const actionTypes = typesWithParts(ctx.policies, rules);
  if (actionTypes.size === 0) return [];
  const [candidates, promotions] = await Promise.all([
    listCandidates(ctx, { since, until, actionTypes }),
    listPromotions(ctx),
  ]);
  const underWay = promotions.filter(({ state }) => state === "proposed" || state === "accepted");
  return candidates.filter(
    ({ actionType, rule, limit }) =>
      limit !== null && !underWay.some((each) => each.actionType === actionType && each.rule === rule.name),
  );
}

const readUnassigned = (
  ctx: Context,
  from: Date,
  until: Date,
): Promise<QuarterFacts["unassigned"][number][]> =>
  ctx.db.rows(sql`
    SELECT action_type AS "actionType", agent.name AS "agentName", submissions
    FROM unassigned_action_type JOIN agent ON agent.id = agent_id
    WHERE last_at >= ${from} AND first_at < ${until}
    ORDER BY submissions DESC, action_type LIMIT ${MOST}`);

/** By the rule that let each run, in the time in which it ran. */
const readOverturned = (
  ctx: Context,
  from: Date,
  until: Date,
): Promise<QuarterFacts["overturned"][number][]> =>
  ctx.db.rows(sql`
    SELECT action_type AS "actionType", rule, (count(*) FILTER (WHERE after_review = 'overturned'))::int AS overturned,
           (count(*) FILTER (WHERE after_review = 'upheld'))::int AS upheld
    FROM (SELECT action_type, after_review, (SELECT rule FROM classification WHERE id = draft.classification_id) AS rule
          FROM draft
          WHERE after_review IN ('upheld', 'overturned') AND action_type = ANY (${[...ctx.policies.keys()]}::text[])
            AND decided_at >= ${from} AND decided_at < ${until} AND origin = 'agent') AS looked
    GROUP BY action_type, rule ORDER BY overturned DESC, action_type, rule LIMIT ${MOST}`);

async function readHolds(ctx: Context): Promise<QuarterFacts["holds"]> {
  const now = ctx.now();
  const rows = await ctx.db.rows<{
    id: string;
    action_type: string | null;
    agent_name: string | null;
    rule: string | null;
    placed_at: Date;
  }>(sql`
    SELECT hold.id, hold.action_type, agent.name AS agent_name, hold.rule, hold.placed_at
    FROM hold LEFT JOIN agent ON agent.id = hold.agent_id
    WHERE hold.released_at IS NULL AND (hold.ends_at IS NULL OR hold.ends_at > ${now})
    ORDER BY hold.placed_at, hold.id LIMIT ${MOST}`);
  return rows.map(({ id, action_type: actionType, agent_name: agentName, rule, placed_at }) => ({
    id,
    actionType,
    rule,
    what: heldWhat(ctx.policies, { agentName, actionType, rule }),
    days: Math.floor((now.getTime() - placed_at.getTime()) / DAY_MS),
  }));
}
