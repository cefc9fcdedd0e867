import { sql } from "@/lib/db/sql";
import { listInbox } from "@/lib/drafts/list-inbox";
import type { Queue } from "@/lib/drafts/types";
import { DEFAULT_APPROVER_RULE } from "@/lib/policy/compile-policy";
import type { BenchServer } from "./bench-server";
import { type BenchWorld, createBenchWorld } from "./bench-world";
import { interleave, milliseconds } from "./interleave";
import type { Result } from "./report";

export interface InboxSizes {
  openings: number;
  warmUp: number;
  pending: number;
  decided: number;
  smallPending: number;
}

/** Opening each queue of the inbox when much is pending and more is decided, beside when little is. */
export async function measureInbox(server: BenchServer, sizes: InboxSizes): Promise<Result[]> {
  const { pending, decided, smallPending } = sizes;
  const small = await createInbox(server, "small", { pending: smallPending, decided: 0, pendingFirst: true });
  const large = await createInbox(server, "large", { pending, decided, pendingFirst: false });
  const old = await createInbox(server, "old", { pending, decided, pendingFirst: true });
  const results: Result[] = [];
  for (const queue of ["batch", "named"] as const) {
    const arm = (name: string, world: BenchWorld) => ({ name, run: () => open(world, queue, sizes) });
    const measured = await interleave([arm("small", small), arm("large", large), arm("old", old)], {
      rounds: sizes.openings,
      warmUp: sizes.warmUp,
    });
    const beside = (name: string, which: "large" | "old"): Result => ({
      name,
      unit: "ms",
      measured: measured[which]!,
      floorName: `${smallPending} and none`,
      floor: measured.small!,
      aim: { atMost: 1.5 },
    });
    const amounts = `${pending.toLocaleString("en")} pending, ${decided.toLocaleString("en")} decided`;
    results.push(beside(`open the inbox, ${queue}: ${amounts}`, "large"));
    results.push(beside("… the pending ones older than all decided", "old"));
  }
  return results;
}

/** One opening, as the page does it, by an approver who is on one named rule. */
async function open({ finance }: BenchWorld, queue: Queue, { smallPending }: InboxSizes): Promise<number> {
  let items = 0;
  const took = await milliseconds(async () => {
    items = (await listInbox(finance[0]!, { queue })).items.length;
  });
  if (items < Math.min(smallPending * 0.3, 50))
    throw new Error(`the ${queue} queue shows only ${items} drafts`);
  return took;
}

async function createInbox(
  server: BenchServer,
  name: string,
  fill: { pending: number; decided: number; pendingFirst: boolean },
): Promise<BenchWorld> {
  const world = await createBenchWorld(await server.createDatabase(name));
  const { pending, decided, pendingFirst } = fill;
  // Rows lie in the table in the order of their times, as they would have come in.
  if (pendingFirst) await addDrafts(world, "pending", pending, pending + decided);
  if (decided > 0) await addDrafts(world, "decided", decided, pendingFirst ? decided : pending + decided);
  if (!pendingFirst) await addDrafts(world, "pending", pending, pending);
  await world.db.pool.query("VACUUM (ANALYZE) draft");
  await world.db.pool.query("VACUUM (ANALYZE) classification");
  return world;
}

/** Adds drafts one minute apart, the first `minutesAgo`. Six of ten pending ones are for the batch queue. */
async function addDrafts(
  { db, agent }: BenchWorld,
  kind: "pending" | "decided",
  count: number,
  minutesAgo: number,
): Promise<void> {
  const { agentId, keyId } = agent.actor;
  await db.run(sql`
    WITH added AS (
      INSERT INTO draft (id, action_type, status, tier, route, agent_id, api_key_id, subject_type, subject_id, summary,
                         reasoning, payload, payload_hash, amount, currency, policy_version_id, classification_id,
                         approver_rule, due_at, waiting_since, created_at, decided_at, closed_at, decided_payload, decided_payload_hash, embedder, embedding)
      SELECT 'drf_' || ${kind}::text || n, 'refund',
             CASE WHEN ${kind} = 'pending' THEN 'pending' ELSE (ARRAY['executed', 'rejected'])[n % 2 + 1] END,
             CASE WHEN n % 10 < 6 THEN 'medium' ELSE 'high' END,
             CASE WHEN n % 10 < 6 THEN 'batch_review' ELSE 'named_approver' END,
             ${agentId}, ${keyId}, 'customer', 'bench_customer_' || n, 'Refund the order of customer ' || n,
             repeat('Looked the order up and read the policy. ', 8),
             json_build_object('order_id', n, 'amount', n % 900, 'currency', 'USD', 'reason', repeat('damaged ', 10)),
             md5(n::text), n % 900, 'USD', version.id, 'cls_' || ${kind}::text || n,
             CASE WHEN n % 10 < 6 THEN ${DEFAULT_APPROVER_RULE} ELSE 'finance_oncall' END,
             moment.at + interval '24 hours', moment.at, moment.at, CASE WHEN ${kind} = 'decided' THEN moment.at END, CASE WHEN ${kind} = 'decided' THEN moment.at END,
             '{}', md5(n::text), 'builtin-hash-512-v1',
             CASE WHEN ${kind} = 'pending' THEN array_fill(0.044::real, ARRAY[512])::vector END
      FROM generate_series(1, ${count}::int) AS n
      CROSS JOIN LATERAL (SELECT now() - interval '1 minute' * (${minutesAgo}::int - n) AS at) AS moment
      JOIN policy_version AS version ON version.action_type = 'refund'
      ORDER BY n
      RETURNING *
    )
    INSERT INTO classification (id, draft_id, cause, payload_hash, policy_version_id, status, tier, route, rule, result)
    SELECT classification_id, id, 'submitted', payload_hash, policy_version_id, 'pending', tier, route, 'medium',
           json_build_object('conditions', repeat('amount ', 100))
    FROM added`);
}
