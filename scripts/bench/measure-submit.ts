import { authenticateKey } from "@/lib/auth/authenticate-key";
import { submitDraft } from "@/lib/drafts/submit-draft";
import { startLoadGenerator, startWeb } from "./bench-processes";
import type { BenchWorld } from "./bench-world";
import { onCleanUp } from "./clean-up";
import { interleave, showRound, throughput } from "./interleave";
import { openBareClients, recordAll, recordStatements } from "./record-statements";
import type { Result } from "./report";
import { seedFacts } from "./seed-facts";
import { synthesiseDraft } from "./synthesise-draft";

export interface SubmitSizes {
  rounds: number;
  warmUp: number;
  /** Submissions in each round, by number of clients. */
  perRound: Record<number, number>;
}

/** Submissions through HTTP, beside an empty route of the same server and beside their SQL from a bare client. */
export async function measureSubmit(world: BenchWorld, sizes: SubmitSizes): Promise<Result[]> {
  const url = await startWeb(world.url);
  const load = startLoadGenerator();
  let serial = 1;
  const results: Result[] = [];
  for (const [clients, count] of Object.entries(sizes.perRound).map(([key, value]) => [
    Number(key),
    value!,
  ])) {
    await seedFacts(
      world.db,
      world.integrationKeyId,
      serial,
      serial + count! * 2 * (sizes.rounds + sizes.warmUp) - 1,
    );
    const name = `submit through HTTP, ${clients === 1 ? "1 client" : `${clients} clients`}`;
    const take = () => {
      const first = serial;
      serial += count!;
      return first;
    };
    const bare = await openBareClients(world.url, clients!);
    onCleanUp(bare.close);
    const measured = await interleave(
      [
        {
          name: "submit",
          run: () =>
            load({
              kind: "submit",
              url: `${url}/api/v1/drafts`,
              key: world.agentKey,
              firstSerial: take(),
              clients: clients!,
              count: count!,
            }),
        },
        {
          name: "empty route",
          run: () => load({ kind: "get", url: `${url}/api/health`, clients: clients!, count: count! * 2 }),
        },
        {
          name: "its SQL alone",
          run: async () => {
            const units = await recordSubmissions(world, take(), count!);
            return throughput(units, clients!, (flights, client) => bare.send(client, flights));
          },
        },
      ],
      sizes,
      showRound(name),
    );
    const beside = (floorName: string, aim: Result["aim"]): Result => ({
      name,
      unit: "per second",
      measured: measured.submit!,
      floorName,
      floor: measured[floorName]!,
      aim,
    });
    results.push(
      beside("empty route", clients! > 1 ? { atLeast: 0.5 } : null),
      beside("its SQL alone", null),
    );
  }
  return results;
}

/** The statements of `count` submissions, each as a request would send them. */
function recordSubmissions(world: BenchWorld, firstSerial: number, count: number) {
  const serials = Array.from({ length: count }, (_, index) => firstSerial + index);
  return recordAll(serials, (serial) =>
    recordStatements(world.db, async (db) => {
      const actor = await authenticateKey(db, `Bearer ${world.agentKey}`, null);
      const draft = synthesiseDraft(serial, serial % 2 ? "refund" : "cancel_pending_order");
      await submitDraft({ ...world.agent, actor, db }, draft, { idempotencyKey: `bench-${serial}` });
    }),
  );
}
