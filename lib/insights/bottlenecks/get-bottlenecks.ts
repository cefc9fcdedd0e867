import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { getDirectory } from "@/lib/directory/load-directory";
import { parseInput } from "@/lib/parse-input";
import { absenceOf } from "@/lib/routing/delegate";
import type { Directory } from "@/lib/routing/directory";
import { resolveApprovers, ruleNamed } from "@/lib/routing/resolve-approvers";
import { momentsOf, resolvePeriod } from "../figures/period";
import { advise } from "./advise";
import { bandsWithNobody } from "./find-gaps";
import { describeGaps, gapsOfRules, routedRules } from "./list-gaps";
import { type DecidedByPerson, readDecided } from "./read-decided";
import { readLapses } from "./read-lapses";
import { type QueueAges, readQueues } from "./read-queues";
import { readUnattended } from "./read-unattended";
import { MOST_WAITING, readWaiting } from "./read-waiting";
import { readWaits } from "./read-waits";
import { type SharedLoad, shareLoad } from "./share-load";
import { BOTTLENECK_PERIODS, type Bottlenecks, type PersonLoad, type RuleQueue } from "./types";

const inputSchema = z.strictObject({ period: z.enum(BOTTLENECK_PERIODS).default("30d") });

/** How far ahead gaps are looked for. */
const AHEAD_MS = 14 * 86_400_000;

/**
 * Where drafts wait, who carries the load, where time runs out and when nobody is there, with what to do about each.
 * Queues and gaps are of now; the rest is of the period's UTC days up to now. Drafts of agents only.
 * @throws CountersignError `forbidden`, `invalid_request`.
 */
export async function getBottlenecks(ctx: Context, input: z.input<typeof inputSchema>): Promise<Bottlenecks> {
  requirePermission(ctx.actor, "insights.read");
  const { period: preset } = parseInput(inputSchema, input);
  const now = ctx.now();
  const span = resolvePeriod(preset, now);
  const { from, until } = momentsOf(span);
  const directory = await getDirectory(ctx.db);
  const zone = directory.businessHours.time_zone;
  const found = gapsOfRules(directory, routedRules(ctx.policies), { from, now, aheadMs: AHEAD_MS });
  const rules = found.filter(({ past }) => past.length > 0).map(({ rule }) => rule);
  const [ages, waiting, decided, lapses, unattended, waits] = await Promise.all([
    readQueues(ctx),
    readWaiting(ctx),
    readDecided(ctx, { from, until }),
    readLapses(ctx, { from, until, zone }),
    readUnattended(ctx, { from, until }),
    readWaits(ctx, { rules, from, until: now }),
  ]);
  const load = shareLoad(directory, waiting, now);
  const answer = {
    period: preset,
    span: { from: span.from, to: span.to },
    zone,
    queues: ages.map((queue) => toQueue(directory, queue, load, now)),
    people: toPeople(directory, decided, load, now),
    resolved: { drafts: waiting.length, isAll: waiting.length < MOST_WAITING },
    lapses,
    gaps: found
      .map((gaps) => describeGaps(directory, gaps, waits.get(gaps.rule), now))
      .sort((one, other) => other.waited - one.waited || other.hours - one.hours),
    unattended,
  };
  return { ...answer, advice: advise(answer) };
}

function toQueue(directory: Directory, queue: QueueAges, load: SharedLoad, at: Date): RuleQueue {
  const definition = ruleNamed(directory, queue.rule);
  const asked = new Set<string>();
  for (const { up_to: amount } of definition?.bands ?? []) {
    const question = {
      rule: queue.rule,
      amount,
      departmentId: null,
      required: 1,
      at,
      barred: new Set<string>(),
    };
    for (const { personId } of resolveApprovers(directory, question).approvers) asked.add(personId);
  }
  return {
    ...queue,
    asked: [...asked].map((id) => directory.people.get(id)?.name ?? id),
    asksNobody: !definition || bandsWithNobody(directory, queue.rule, definition, at).length > 0,
    stuck: load.stuckByRule.get(queue.rule) ?? 0,
  };
}

/** Everybody who decided something in the period, or may decide something now; most decided first. */
function toPeople(
  directory: Directory,
  decided: DecidedByPerson[],
  load: SharedLoad,
  at: Date,
): PersonLoad[] {
  const all = decided.reduce((sum, { decided: own }) => sum + own, 0);
  const known = new Map(decided.map((each) => [each.id, each]));
  const ids = [...new Set([...known.keys(), ...load.byPerson.keys()])];
  return ids
    .map((id): PersonLoad => {
      const own = known.get(id);
      return {
        person: { id, name: own?.name ?? directory.people.get(id)?.name ?? id },
        decided: own?.decided ?? 0,
        share: all === 0 ? 0 : (own?.decided ?? 0) / all,
        medianSeconds: own?.medianSeconds ?? null,
        totalSeconds: own?.totalSeconds ?? 0,
        mayDecide: load.byPerson.get(id)?.mayDecide ?? 0,
        onlyThey: load.byPerson.get(id)?.onlyThey ?? 0,
        isAway: absenceOf(directory, id, at) !== null,
      };
    })
    .sort((one, other) => other.decided - one.decided || other.mayDecide - one.mayDecide);
}
