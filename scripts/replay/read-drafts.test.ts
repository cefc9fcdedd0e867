import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type ReplayLine, readDraft, readDrafts } from "./read-drafts";

const folder = mkdtempSync(join(tmpdir(), "countersign-replay-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(content: string | Buffer): Promise<ReplayLine[]> {
  const file = join(folder, "lines.jsonl");
  writeFileSync(file, content);
  const lines: ReplayLine[] = [];
  for await (const line of readDrafts(file)) lines.push(line);
  return lines;
}

test("facts are taken out of the draft and pushed by subject, without their id", () => {
  const line = { external_id: "e1", payload: { a: 1 }, facts: { order: { id: "#W6", status: "delivered" } } };
  expect(readDraft(Buffer.from(JSON.stringify(line)))).toEqual({
    draft: { external_id: "e1", payload: { a: 1 } },
    facts: [{ type: "order", id: "#W6", facts: { status: "delivered" } }],
    idempotencyKey: "e1",
  });
});

test("a line without a usable external_id is known by its content", () => {
  const key = (text: string) => (readDraft(Buffer.from(text)) as { idempotencyKey: string }).idempotencyKey;
  expect(key('{"a":1}')).toMatch(/^line-[0-9a-f]{64}$/);
  expect(key('{"a":1}')).toBe(key('{"a":1}\r'));
  expect(key('{"a":1}')).not.toBe(key('{"a":2}'));
  expect(key('{"external_id":"naïve"}')).toMatch(/^line-/);
});

test("bad lines carry their number and problem, and the rest go on", async () => {
  const lines = await read('{"a":1}\n\nnot json\n[1]\n{"a":1,"a":2}\n{"facts":{"order":{}}}\n{"b":2}');
  expect(lines.map((line) => [line.number, "problem" in line ? line.problem : "ok"])).toEqual([
    [1, "ok"],
    [3, expect.stringContaining("not strict JSON")],
    [4, "not a JSON object"],
    [5, expect.stringContaining("not strict JSON")],
    [6, 'its facts of "order" have no id'],
    [7, "ok"],
  ]);
});

test("an over-long line is skipped, and the next one is whole", async () => {
  const long = `{"a":"${"x".repeat(3 * 1024 * 1024)}"}`;
  const lines = await read(`${long}\n{"b":"${"é".repeat(90_000)}"}\n`);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatchObject({ number: 1, problem: "longer than 2 MB" });
  expect(lines[1]).toMatchObject({ number: 2, draft: { b: "é".repeat(90_000) } });
});
