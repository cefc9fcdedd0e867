import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { decideDraft } from "@/lib/drafts/decide-draft";
import type { DecisionInput } from "@/lib/drafts/decision";
import { loadForDecision } from "@/lib/drafts/load-for-decision";
import { submitDraft } from "@/lib/drafts/submit-draft";
import type { BenchWorld } from "./bench-world";
import { onCleanUp } from "./clean-up";
import { interleave, showRound, throughput } from "./interleave";
import { openBareClients, recordAll, recordStatements } from "./record-statements";
import type { Result } from "./report";
import { seedFacts } from "./seed-facts";
import { synthesiseDraft } from "./synthesise-draft";

export interface DecideSizes {
  rounds: number;
  warmUp: number;
  /** Decisions in each round, by number of clients. */
  perRound: Record<number, number>;
}

interface Ready {
  ctx: Context<PersonActor>;
  input: DecisionInput;
}

/** Decisions through the verb, beside the same SQL from a bare client. */
export async function measureDecide(world: BenchWorld, sizes: DecideSizes): Promise<Result[]> {
  const results: Result[] = [];
  const source = openSource(world);
  for (const [clients, count] of Object.entries(sizes.perRound).map(([key, value]) => [
    Number(key),
    value!,
  ])) {
    const bare = await openBareClients(world.url, clients!);
    onCleanUp(bare.close);
    const name = `decide through the verb, ${clients === 1 ? "1 client" : `${clients} clients`}`;
    const decided: string[] = [];
    const take = async () => {
      const batch = await source.take(count!);
      decided.push(...batch.map(({ input }) => input.draftId));
      return batch;
    };
    const measured = await interleave(
      [
        {
          name: "decide",
          run: async () => throughput(await take(), clients!, ({ ctx, input }) => decideDraft(ctx, input)),
        },
        {
          name: "its SQL alone",
          run: async () => {
            const units = await recordAll(await take(), ({ ctx, input }) =>
              recordStatements(world.db, (db) => decideDraft({ ...ctx, db }, input)),
            );
            return throughput(units, clients!, (flights, client) => bare.send(client, flights));
          },
        },
      ],
      sizes,
      showRound(name),
    );
    await assertDecided(world, decided);
    results.push({
      name,
      unit: "per second",
      measured: measured.decide!,
      floorName: "its SQL alone",
      floor: measured["its SQL alone"]!,
      aim: clients! > 1 ? { atLeast: 0.5 } : null,
    });
  }
  return results;
}

/** Fresh pending drafts, each with the decision somebody entitled is about to take on it. */
function openSource(world: BenchWorld) {
  let serial = 4_000_000;
  const submit = async () => {
    const draft = synthesiseDraft(++serial, serial % 2 ? "refund" : "cancel_pending_order");
    return submitDraft(world.agent, draft, { idempotencyKey: null });
  };
  return {
    async take(count: number): Promise<Ready[]> {
      await seedFacts(world.db, world.integrationKeyId, serial + 1, serial + count);
      const ready: Ready[] = [];
      while (ready.length < count) {
        const answers = await Promise.all(Array.from({ length: 8 }, submit));
        const pending = answers.filter(({ status }) => status === "pending");
        ready.push(...(await Promise.all(pending.map(({ id, route }) => prepare(world, id, route)))));
      }
      return ready.slice(0, count);
    },
  };
}

let turn = 0;

/** Of ten, seven are approved, two rejected, one edited. */
async function prepare(world: BenchWorld, draftId: string, route: string | null): Promise<Ready> {
  const people = route === "named_approver" ? world.finance : world.approvers;
  const ctx = people[++turn % people.length]!;
  const draft = await loadForDecision(ctx, world.db, draftId, ctx.actor.personId, { lock: false });
  const { screenHash, payload } = draft!;
  const seen = { draftId, screenHash, precedentIds: ["exm_a", "exm_b", "exm_c"] };
  const kind = turn % 10;
  if (kind < 2)
    return { ctx, input: { ...seen, verdict: "reject", reason: "The order was not delivered late." } };
  if (kind > 2) return { ctx, input: { ...seen, verdict: "approve" } };
  const edited = { ...payload, amount: Number(payload.amount) - 1 };
  return { ctx, input: { ...seen, verdict: "edit_and_approve", payload: edited, reason: "Less the fee." } };
}

/** A floor that decided nothing would flatter nobody: every draft of either arm must be decided now. */
async function assertDecided(world: BenchWorld, draftIds: string[]): Promise<void> {
  const row = await world.db.row<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM draft JOIN decision ON decision.draft_id = draft.id
    WHERE draft.id = ANY(${draftIds}::text[]) AND draft.status <> 'pending'`);
  if (row?.count !== draftIds.length) {
    throw new Error(`only ${row?.count} of ${draftIds.length} drafts were decided`);
  }
}
