import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "countersign-explain-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function explain(args: string[], input = "") {
  const command = ["--import", "tsx", "scripts/policies-explain.ts", ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { input, encoding: "utf8" });
  return { status, stdout, stderr: stderr.trim() };
}

describe("npm run policies:explain", { timeout: 60_000 }, () => {
  it("explains the facts of a file, or of standard input", () => {
    const file = join(folder, "facts.json");
    writeFileSync(file, '{"amount": 620}');
    const fromFile = explain(["refund", file]);
    expect([fromFile.status, fromFile.stderr]).toEqual([0, ""]);
    expect(fromFile.stdout).toContain("amount_gt 500: amount 620 is over 500  [payload /amount]");
    expect(explain(["refund", "-"], '{"amount": 620}').stdout).toBe(fromFile.stdout);
  });

  it.each([
    [["rocket", "-"], "{}", /^No policy covers the action type "rocket"\. There are: .*refund/],
    [["refund", "/nowhere/facts.json"], "", /^\/nowhere\/facts\.json: there is no such file\.$/],
    [["refund", "-"], "{amount: 1}", /^standard input is not JSON: /],
    [["refund", "-"], "[620]", /^standard input must hold one object of facts/],
    [["refund"], "", /^npm run policies:explain -- TYPE FACTS/],
  ])("exits 2 on %j with %j, and says why", (args, input, message) => {
    const { status, stdout, stderr } = explain(args, input);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
  });
});
