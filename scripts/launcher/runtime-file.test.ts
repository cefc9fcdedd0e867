import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readRuntime, removeRuntime, writeRuntime } from "./runtime-file";

const dataDir = mkdtempSync(join(tmpdir(), "countersign-runtime-"));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
const runtime = { processes: { web: 1 }, url: "http://127.0.0.1:1", databaseUrl: "postgresql://x" };

test("what a living launcher wrote is read, until it removes it", () => {
  writeRuntime(dataDir, { ...runtime, pid: process.pid });
  expect(readRuntime(dataDir)).toEqual({ ...runtime, pid: process.pid });
  removeRuntime(dataDir);
  expect(readRuntime(dataDir)).toBeNull();
});

test("what a launcher left behind that was killed counts for nothing", () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  writeRuntime(dataDir, { ...runtime, pid });
  expect(readRuntime(dataDir)).toBeNull();
});
