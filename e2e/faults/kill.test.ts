import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { createKey } from "@/lib/keys/create-key";
import { launchProduct, type Product } from "../launch-product";

/**
 * Everything is killed with SIGKILL, in turn, while drafts are submitted, decided and executed. With FAULT_POSTGRES
 * (the data directory of a real PostgreSQL that this test may kill, served at TEST_DATABASE_URL) the database is a new
 * one there; otherwise it is the embedded one.
 */
const ROUNDS = 12;
/** So many submissions make it a test, however slow the machine is. */
const ENOUGH = 60;
const postgres = process.env.FAULT_POSTGRES;

let app: Product;
let databaseUrl: string;
let db: Database;
let key: string;
let decider: ChildProcess;
let over = false;
const acknowledged = new Map<string, string>();
const decided = new Map<string, string>();

beforeAll(async () => {
  app = await launchProduct({
    environment: postgres ? { DATABASE_URL: await createDatabase(), DEMO: "1" } : {},
  });
  await app.ready;
  databaseUrl = app.runtime()!.databaseUrl;
  db = openDatabase(databaseUrl, 4);
  const ctx = { db, actor: { kind: "system", name: "cli" }, now: () => new Date() } as const;
  ({ key } = await createKey(ctx, { holder: { kind: "agent", name: "Fault agent" } }));
  startDecider();
}, 300_000);

afterAll(async () => {
  over = true;
  decider?.kill("SIGKILL");
  await db?.close();
  await app?.stop();
}, 60_000);

async function createDatabase(): Promise<string> {
  const url = new URL(process.env.TEST_DATABASE_URL!);
  const admin = openDatabase(url.toString(), 1);
  url.pathname = `/countersign_faults_${Date.now()}`;
  await admin.pool.query(`CREATE DATABASE ${url.pathname.slice(1)}`);
  await admin.close();
  return url.toString();
}

function startDecider() {
  decider = spawn(
    process.execPath,
    ["--import", "tsx", "e2e/faults/decider.ts", databaseUrl, "per_mei_tanaka"],
    {
      stdio: ["ignore", "pipe", "inherit", "ipc"],
    },
  );
  createInterface({ input: decider.stdout! }).on("line", (line) => {
    const [id = "", verdict = ""] = line.split(" ");
    decided.set(id, verdict);
  });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Submits until told to stop; a request that got no answer is sent again with the same key, as an agent would. */
async function submitUntil(done: () => boolean, name: string): Promise<void> {
  for (let n = 0; !done(); n++) {
    const orderId = `#W${name}${String(n).padStart(6, "0")}`;
    const amount = n % 3 === 0 ? 40 : 700;
    await retry(() =>
      db.run(sql`
        INSERT INTO fact (subject_type, subject_id, name, value, api_key_id, source, observed_at)
        SELECT 'order', ${orderId}, fact.name, fact.value, 'test', 'test', now()
        FROM (VALUES ('status', '"pending"'::jsonb), ('total', to_jsonb(${amount}::int))) AS fact(name, value)
        UNION ALL SELECT 'customer', ${orderId}, 'orders_count', '5', 'test', 'test', now()
        ON CONFLICT DO NOTHING`),
    );
    const body = JSON.stringify({
      action_type: "cancel_pending_order",
      payload: { order_id: orderId, reason: "no longer needed", amount },
      summary: `Cancel order ${orderId}`,
      evidence: [{ kind: "message", title: "Customer", content: "Please cancel it." }],
      subject: { type: "customer", id: orderId },
    });
    const answer = await retry(async () => {
      const response = await fetch(`${app.url}/api/v1/drafts`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${key}`,
          "content-type": "application/json",
          "idempotency-key": orderId,
        },
        body,
        signal: AbortSignal.timeout(10_000),
      });
      if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
      return (await response.json()) as { id: string };
    });
    acknowledged.set(orderId, answer.id);
    await pause(20);
  }
}

async function retry<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt > 300) throw error;
      await pause(100);
    }
  }
}

async function killOne(round: number): Promise<void> {
  const victim = ["web", "worker", "database", "decider", "shop"][round % 5]!;
  if (victim === "decider") {
    decider.kill("SIGKILL");
    startDecider();
  } else if (victim === "database" && postgres) {
    killPostgres(postgres);
  } else {
    const pid = await retry(
      async () => app.runtime()?.processes[victim] ?? Promise.reject(new Error(app.output())),
    );
    process.kill(pid, "SIGKILL");
  }
}

/** Kills the postmaster and starts the server again with the options it had. */
function killPostgres(dataDir: string): void {
  const read = (file: string) => readFileSync(join(dataDir, file), "utf8");
  const control = read("postmaster.opts")
    .split(" ")[0]!
    .replace(/postgres$/, "pg_ctl");
  process.kill(Number(read("postmaster.pid").split("\n")[0]), "SIGKILL");
  const restart = `${control} -D ${dataDir} -l ${join(dataDir, "../log")} -w -t 60 restart`;
  for (let attempt = 0; ; attempt++) {
    try {
      execFileSync("su", ["postgres", "-s", "/bin/bash", "-c", restart], { stdio: "ignore" });
      return;
    } catch (error) {
      if (attempt > 20) throw error;
    }
  }
}

it("loses, doubles and strands nothing when everything is killed in turn", { timeout: 600_000 }, async () => {
  const submitters = ["1", "2", "3", "4"].map((name) => submitUntil(() => over, name));
  for (let round = 0; round < ROUNDS; round++) {
    await pause(2_500);
    await killOne(round);
  }
  while (acknowledged.size < ENOUGH) await pause(500);
  over = true;
  await Promise.all(submitters);

  const open = async () =>
    retry(() =>
      db.rows<{ id: string; status: string }>(sql`
        SELECT id, status FROM draft WHERE status IN ('pending', 'approved', 'executing') ORDER BY id LIMIT 5`),
    );
  for (let waited = 0; (await open()).length > 0 && waited < 180; waited++) await pause(1_000);
  expect(await open(), "drafts that are stuck").toEqual([]);

  const drafts = await db.rows<Row>(sql`
    SELECT draft.id, draft.external_id, draft.idempotency_key, draft.status,
           (SELECT count(*)::int FROM decision WHERE draft_id = draft.id) AS decisions,
           (SELECT count(*)::int FROM audit_event WHERE draft_id = draft.id
              AND verb IN ('draft.approved', 'draft.rejected')) AS verdicts,
           (SELECT count(*)::int FROM audit_event WHERE draft_id = draft.id
              AND verb IN ('execution.succeeded', 'execution.failed')) AS outcomes,
           (SELECT count(*)::int FROM example WHERE draft_id = draft.id) AS examples,
           route
    FROM draft`);
  const byKey = new Map(drafts.map((draft) => [draft.idempotency_key, draft]));
  expect(byKey.size, "one draft for each idempotency key").toBe(drafts.length);
  for (const [orderId, id] of acknowledged) expect(byKey.get(orderId)?.id, orderId).toBe(id);
  for (const [id, verdict] of decided) {
    const status = drafts.find((draft) => draft.id === id)?.status;
    expect(status, `${id} was acknowledged as ${verdict}`).toBe(
      verdict === "reject" ? "rejected" : "executed",
    );
  }

  const ledger = readFileSync(join(app.dataDir, "demo-shop.jsonl"), "utf8")
    .split("\n")
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as { id: string; payload: { order_id: string } }];
      } catch {
        return [];
      }
    });
  const deliveredKeys = new Map<string, Set<string>>();
  for (const { id, payload } of ledger) {
    deliveredKeys.set(payload.order_id, (deliveredKeys.get(payload.order_id) ?? new Set()).add(id));
  }
  for (const draft of drafts) {
    const automatic = draft.route === "auto_execute";
    expect(draft, draft.id).toMatchObject(
      automatic
        ? { status: "executed", decisions: 0, verdicts: 0, outcomes: 1, examples: 0 }
        : { decisions: 1, verdicts: 1, outcomes: draft.status === "rejected" ? 0 : 1, examples: 1 },
    );
    const keys = [...(deliveredKeys.get(draft.idempotency_key) ?? [])];
    expect(keys, `deliveries of ${draft.id}`).toEqual(draft.status === "executed" ? [draft.id] : []);
  }
  console.log(
    `${drafts.length} drafts, ${decided.size} decisions, ${ledger.length} deliveries, ${ROUNDS} kills`,
  );
});

interface Row {
  id: string;
  idempotency_key: string;
  status: string;
  decisions: number;
  verdicts: number;
  outcomes: number;
  examples: number;
  route: string;
}
