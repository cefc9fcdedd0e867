import type { Context, KeyActor } from "@/lib/context";
import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { directoryVersion, getDirectory } from "@/lib/directory/load-directory";
import { computeFacts } from "@/lib/facts/compute-facts";
import {
  assembleFacts,
  type FactQuestion,
  type PushedFact,
  pushedFacts,
  wantFacts,
} from "@/lib/facts/load-facts";
import { openHolds } from "@/lib/holds/open-holds";
import type { Facts } from "@/lib/policy/compile-policy";
import type { Hold } from "@/lib/policy/holds";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import type { Directory } from "@/lib/routing/directory";

/** All that a submission is classified and assigned by. */
export interface Circumstances {
  facts: Facts;
  directory: Directory;
  holds: Hold[];
  /** The person behind `requested_by`, when we know them. */
  requestedById: string | null;
  /** The people whom duty keeps from deciding it. */
  barred: ReadonlySet<string>;
}

interface Row {
  facts: PushedFact[];
  holds: Hold[];
  version: string;
  requested_by_id: string | null;
  barred: string[];
}

/**
 * Reads the facts, holds and people of now. One statement, and one more for each total that the policy looks at; people
 * and rules are in memory unless something of them changed.
 */
export async function readCircumstances(
  ctx: Pick<Context, "db">,
  tx: Queryable,
  policy: LoadedPolicy,
  question: FactQuestion,
  from: {
    actor: KeyActor & { agentId: string };
    requestedBy: string | undefined;
    requestingKeyId: string | null;
  },
): Promise<Circumstances> {
  const wanted = wantFacts(policy, question);
  const requestedBy = from.requestedBy ?? null;
  const { requestingKeyId } = from;
  const held = {
    actionType: policy.actionType,
    agentId: from.actor.agentId,
    requestingKeyId,
    now: question.now,
  };
  const [row, computed] = await Promise.all([
    tx.row<Row>(sql`
      WITH requester AS (
        SELECT id FROM person WHERE id = ${requestedBy} OR lower(email) = lower(${requestedBy})
        ORDER BY id = ${requestedBy} DESC, disabled_at IS NULL DESC, id LIMIT 1)
      SELECT (${pushedFacts(wanted)}) AS facts, (${openHolds(held)}) AS holds, (${directoryVersion}) AS version,
             (SELECT id FROM requester) AS requested_by_id,
             (SELECT array_remove(array_agg(person_id), NULL)
              FROM api_key LEFT JOIN agent ON agent.id = api_key.agent_id
              CROSS JOIN LATERAL unnest(ARRAY[agent.owner_id, api_key.owner_id, api_key.creator_id, api_key.rotator_id]) AS person_id
              WHERE api_key.id IN (${from.actor.keyId}, ${requestingKeyId})) AS barred`),
    computeFacts(tx, wanted, question),
  ]);
  const { facts, holds, version, requested_by_id, barred } = row!;
  return {
    facts: assembleFacts(wanted, question, facts, computed),
    directory: await getDirectory(ctx.db, tx, version),
    holds,
    requestedById: requested_by_id,
    barred: new Set(requested_by_id === null ? barred : [...barred, requested_by_id]),
  };
}
