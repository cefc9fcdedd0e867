import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { lockDataDirectory } from "./data-directory-lock";
import { currentProcess } from "./process-identity";
import { TestDatabases } from "./test-databases";

const databases = new TestDatabases();
const root = mkdtempSync(join(tmpdir(), "countersign-lock-"));
let count = 0;
function directory(): string {
  const path = join(root, `d${++count}`);
  mkdirSync(path);
  return path;
}
/** A lock as a process that differs from this one in `change` would have left it. */
function leaveLock(dataDir: string, change: object): void {
  const lock = { ...currentProcess(), released: false, ...change };
  writeFileSync(join(dataDir, "lock.1"), JSON.stringify(lock));
}
const DEAD_PID = 2 ** 22 + 1;

const starters: ChildProcess[] = [];
afterAll(async () => {
  for (const starter of starters) starter.kill();
  await databases.close();
  rmSync(root, { recursive: true, force: true });
});

test("a second opener is refused by name, and the lock of a killed one is taken over", async () => {
  const dataDir = await databases.emptyDatabase();
  const first = await databases.start({ dataDir });
  await expect(databases.start({ dataDir })).rejects.toThrow(
    `another Countersign (pid ${first.pid}) is using ${dataDir}; stop it, or set DATA_DIR`,
  );
  const client = await databases.connect(first.url);
  expect((await client.query("select 1 as n")).rows).toEqual([{ n: 1 }]);
  await first.kill("SIGKILL");
  await databases.start({ dataDir });
});

describe("a lock left behind", () => {
  test("by a process that is gone is stale", () => {
    const dataDir = directory();
    leaveLock(dataDir, { pid: DEAD_PID });
    lockDataDirectory(dataDir);
    expect(readdirSync(dataDir)).toEqual(["lock.2"]);
  });

  test("by a process whose id another one has now is stale", () => {
    const dataDir = directory();
    leaveLock(dataDir, { started: "1" });
    lockDataDirectory(dataDir);
  });

  test("before a restart of this machine is stale", () => {
    const dataDir = directory();
    const [host, , namespace] = currentProcess().world.split(" ");
    leaveLock(dataDir, { world: `${host} earlier-boot ${namespace}` });
    lockDataDirectory(dataDir);
  });

  test("by a process that runs is kept, and so is one that cannot be looked up from here", () => {
    const dataDir = directory();
    leaveLock(dataDir, {});
    expect(() => lockDataDirectory(dataDir)).toThrow(`pid ${process.pid}`);
    const foreign = directory();
    leaveLock(foreign, { pid: DEAD_PID, world: "elsewhere other-boot pid:[1]" });
    expect(() => lockDataDirectory(foreign)).toThrow(`delete ${join(foreign, "lock.1")}`);
  });

  test("empty by a crash of the machine is stale", () => {
    const dataDir = directory();
    writeFileSync(join(dataDir, "lock.1"), "");
    lockDataDirectory(dataDir);
  });
});

test("a lock that was given back can be taken again", () => {
  const dataDir = directory();
  lockDataDirectory(dataDir)();
  const unlock = lockDataDirectory(dataDir);
  expect(() => lockDataDirectory(dataDir)).toThrow("another Countersign");
  unlock();
});

test("of three starters at once that find a stale lock, exactly one wins, three hundred times", async () => {
  const contested = Array.from({ length: 300 }, directory);
  for (const dataDir of contested) leaveLock(dataDir, { pid: DEAD_PID });
  const gate = join(root, "gate");
  const script = `
    import { existsSync } from "node:fs";
    import { lockDataDirectory } from ${JSON.stringify(fileURLToPath(new URL("./data-directory-lock.ts", import.meta.url)))};
    process.stdout.write("ready ");
    while (!existsSync(${JSON.stringify(gate)})) {}
    for (const dir of ${JSON.stringify(contested)}) {
      try { lockDataDirectory(dir); process.stdout.write("1"); }
      catch (error) { process.stdout.write(error.message.startsWith("another Countersign") ? "0" : "?" + error); }
    }
    process.stdout.write(" done");
    setInterval(() => {}, 1000);`;
  for (let n = 0; n < 3; n++) {
    starters.push(spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script]));
  }
  const said = starters.map(() => "");
  starters.forEach((starter, n) => {
    starter.stdout?.on("data", (text) => {
      said[n] += text;
    });
  });
  await expect.poll(() => said.every((text) => text.startsWith("ready")), { timeout: 30_000 }).toBe(true);
  writeFileSync(gate, "");
  // None may exit before all are through: the lock of a starter that has ended is stale again.
  await expect.poll(() => said.every((text) => text.endsWith("done")), { timeout: 60_000 }).toBe(true);
  for (const starter of starters) starter.kill();
  const wins = said.map((text) => text.split(" ")[1] ?? "");
  const winners = contested.map((_, n) => wins.filter((row) => row[n] === "1").length);
  expect(winners.filter((winnersHere) => winnersHere !== 1)).toEqual([]);
  expect(wins.join("")).toMatch(/^[01]+$/);
  expect(readFileSync(join(contested[0] as string, "lock.2"), "utf8")).toContain('"released":false');
});
