import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { loadSecrets } from "./load-secrets";

const dataDir = mkdtempSync(join(tmpdir(), "countersign-secrets-"));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test("secrets are made once, kept, and readable by their owner alone", () => {
  const secrets = loadSecrets(dataDir);
  expect(new Set(Object.values(secrets)).size).toBe(3);
  expect(loadSecrets(dataDir)).toEqual(secrets);
  expect(statSync(join(dataDir, "secrets.json")).mode & 0o777).toBe(0o600);
});

test("a damaged file is reported, never replaced silently", () => {
  loadSecrets(dataDir);
  writeFileSync(join(dataDir, "secrets.json"), "{");
  expect(() => loadSecrets(dataDir)).toThrow(/secrets\.json cannot be read/);
});
