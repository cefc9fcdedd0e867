import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { TestDatabases } from "./test-databases";

const databases = new TestDatabases();
const children: ChildProcess[] = [];
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await databases.close();
});

test("kill -9 while four clients write loses no acknowledged row and keeps no half transaction", async () => {
  const dataDir = await databases.emptyDatabase();
  const acknowledged: number[] = [];
  let next = 0;
  for (let round = 0; round < 4; round++) {
    const database = await databases.start({ dataDir });
    const first = await databases.connect(database.url);
    await first.query("create table if not exists entry (id int, half text)");
    const goal = acknowledged.length + 100 + round * 100;
    const enough = new Promise<void>((resolve) => {
      const write = async () => {
        const client = await databases.connect(database.url);
        for (;;) {
          const id = ++next;
          await client.query("begin");
          await client.query("insert into entry values ($1, $2)", [id, "first"]);
          await client.query("insert into entry values ($1, $2)", [id, "second"]);
          await client.query("commit");
          acknowledged.push(id);
          if (acknowledged.length >= goal) resolve();
        }
      };
      for (let writer = 0; writer < 4; writer++) write().catch(() => {});
    });
    await enough;
    await database.kill("SIGKILL");
  }
  const database = await databases.start({ dataDir });
  const client = await databases.connect(database.url);
  const { rows } = await client.query("select id, count(*)::int as halves from entry group by id");
  const kept = new Map(rows.map((row) => [row.id, row.halves]));
  expect(acknowledged.length).toBeGreaterThanOrEqual(1000);
  expect(acknowledged.filter((id) => kept.get(id) !== 2)).toEqual([]);
  expect([...kept].filter(([, halves]) => halves !== 2)).toEqual([]);
});

test("SIGTERM rolls back what is open, tells the clients, and keeps what is committed", async () => {
  const dataDir = await databases.emptyDatabase();
  const database = await databases.start({ dataDir });
  const client = await databases.connect(database.url);
  const told = new Promise((resolve) => client.on("error", resolve));
  await client.query("create table entry (id int)");
  await client.query("insert into entry values (1)");
  await client.query("begin");
  await client.query("insert into entry values (2)");
  await database.stop();
  expect(await told).toMatchObject({ code: "57P01" });
  const again = await databases.connect((await databases.start({ dataDir })).url);
  expect((await again.query("select id from entry")).rows).toEqual([{ id: 1 }]);
});

test("a first start that is killed half way is made afresh by the next", async () => {
  const dataDir = databases.freshDirectory();
  const main = fileURLToPath(new URL("./main.ts", import.meta.url));
  const args = ["--import", "tsx", main, "--data-dir", dataDir, "--port", "0"];
  const starter = spawn(process.execPath, args, { stdio: "ignore" });
  children.push(starter);
  const gone = once(starter, "exit");
  const unfinished = join(dataDir, "cluster.unfinished");
  await expect.poll(() => existsSync(join(unfinished, "base")), { interval: 1, timeout: 30_000 }).toBe(true);
  starter.kill("SIGKILL");
  await gone;
  expect(readdirSync(dataDir)).not.toContain("cluster");
  const client = await databases.connect((await databases.start({ dataDir })).url);
  expect((await client.query("select 1 as n")).rows).toEqual([{ n: 1 }]);
  expect(existsSync(unfinished)).toBe(false);
});

test("a damaged data directory is refused, and not made afresh over what may be left in it", async () => {
  const dataDir = await databases.emptyDatabase();
  rmSync(join(dataDir, "cluster", "PG_VERSION"));
  await expect(databases.start({ dataDir })).rejects.toThrow("is damaged");
  expect(readdirSync(join(dataDir, "cluster"))).toContain("base");
});

test("a database whose WAL is gone is refused with PostgreSQL's reason and what to do", async () => {
  const dataDir = await databases.emptyDatabase();
  rmSync(join(dataDir, "cluster", "pg_wal"), { recursive: true });
  mkdirSync(join(dataDir, "cluster", "pg_wal"));
  const refused = /cannot be opened \(PANIC:.*checkpoint record.*\)\. Restore it from a backup/;
  await expect(databases.start({ dataDir })).rejects.toThrow(refused);
});

test("it ends when the process that started it is killed", async () => {
  const dataDir = await databases.emptyDatabase();
  const module = fileURLToPath(new URL("./start-embedded.ts", import.meta.url));
  const script = `
    import { startEmbeddedDatabase } from ${JSON.stringify(module)};
    const { pid } = await startEmbeddedDatabase({ dataDir: ${JSON.stringify(dataDir)}, port: 0 });
    process.stdout.write(String(pid));`;
  const launcher = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script]);
  children.push(launcher);
  const [pid] = await once(launcher.stdout, "data");
  launcher.kill("SIGKILL");
  const runs = () => {
    try {
      return process.kill(Number(pid), 0);
    } catch {
      return false;
    }
  };
  expect(runs()).toBe(true);
  await expect.poll(runs, { timeout: 20_000 }).toBe(false);
});

test("a taken port is named", async () => {
  const dataDir = await databases.emptyDatabase();
  const taken = createServer();
  const port = await new Promise<number>((resolve) => {
    taken.listen(0, "127.0.0.1", () => resolve((taken.address() as { port: number }).port));
  });
  await expect(databases.start({ dataDir, port })).rejects.toThrow(`port ${port} is taken`);
  taken.close();
});

test("a backend that crashes ends the process with the reason, and what was committed is there again", async () => {
  const dataDir = await databases.emptyDatabase();
  const exited = new Promise((resolve) => {
    void databases.start({ dataDir, onExit: resolve }).then(async (database) => {
      const client = await databases.connect(database.url);
      await client.query("create table entry (id int)");
      await client.query(
        "create function deeper(n int) returns int language plpgsql as 'begin return deeper(n + 1); end'",
      );
      await client.query("select deeper(1)").catch(() => {});
    });
  });
  expect(await exited).toMatchObject({ code: 1, reason: expect.stringContaining("crashed:") });
  const again = await databases.connect((await databases.start({ dataDir })).url);
  expect((await again.query("select count(*)::int as n from entry")).rows).toEqual([{ n: 0 }]);
});

test("the WAL is checkpointed and dead rows are vacuumed while it runs", async () => {
  const dataDir = await databases.emptyDatabase();
  const database = await databases.start({ dataDir, maintenanceMs: 50 });
  const client = await databases.connect(database.url);
  await client.query(
    "create table entry as select n as id, repeat('x', 500) as body from generate_series(1, 20000) n",
  );
  for (let round = 0; round < 8; round++) await client.query("update entry set body = body || 'y'");
  const upkeep = async () => {
    const { rows } = await client.query(`
      select n_dead_tup::int as dead, (select pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::int
        from pg_control_checkpoint()) as wal from pg_stat_user_tables where relname = 'entry'`);
    return rows[0] as { dead: number; wal: number };
  };
  await expect.poll(async () => (await upkeep()).dead, { timeout: 30_000 }).toBe(0);
  await expect.poll(async () => (await upkeep()).wal, { timeout: 30_000 }).toBeLessThan(64 << 20);
});
