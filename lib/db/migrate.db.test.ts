import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { migrate } from "./migrate";
import { sql } from "./sql";
import { createTestDatabase, type TestDatabase } from "./test-database";

const root = mkdtempSync(join(tmpdir(), "countersign-migrations-"));
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database?.drop();
  rmSync(root, { recursive: true, force: true });
});

it("brings a database of the first version with drafts in it to this one, and says so once", async () => {
  const { db, url } = database;
  for (const schema of ["dbos", "public"]) await db.pool.query(`DROP SCHEMA "${schema}" CASCADE`);
  await db.pool.query("CREATE SCHEMA public");
  const first = "20261120000000_init";
  mkdirSync(join(root, "prisma/migrations"), { recursive: true });
  cpSync(`prisma/migrations/${first}`, join(root, "prisma/migrations", first), { recursive: true });
  expect(await migrate(url, root)).toEqual([first]);

  // As the first version stored them: a rule with its people in order, and a draft that waits for it.
  await db.pool.query(`
    INSERT INTO person (id, name, email) VALUES ('ann', 'Ann', 'ann@example.com'), ('ben', 'Ben', 'ben@example.com');
    INSERT INTO approver_rule (name, description) VALUES ('leads', ''), ('nobody', '');
    INSERT INTO approver_rule_member (rule_name, person_id, position) VALUES ('leads', 'ben', 0), ('leads', 'ann', 1);
    INSERT INTO agent (id, name, owner_id) VALUES ('agt', 'Agent', 'ann');
    INSERT INTO api_key (id, agent_id, name, prefix, hash, scopes, owner_id)
    VALUES ('key', 'agt', 'Key', 'csk', 'h', '{}', 'ann');
    INSERT INTO policy_version (id, action_type, hash, policy, prose, payload_schema)
    VALUES ('post@1', 'post', '1', '{}', '', '{}');
    INSERT INTO draft (id, action_type, status, tier, agent_id, api_key_id, subject_type, subject_id, summary, payload,
                       payload_hash, policy_version_id, classification_id, approver_rule, due_at, created_at)
    VALUES ('drf', 'post', 'pending', 'high', 'agt', 'key', 'customer', 'c', 's', '{}', 'h', 'post@1', 'cls', 'leads',
            '2026-11-21T00:00:00Z', '2026-11-20T00:00:00Z')`);

  const later = await migrate(url);
  expect(later).not.toContain(first);
  expect(later.length).toBeGreaterThan(0);
  expect(await migrate(url)).toEqual([]);
  const rule = await db.row<{ definition: unknown }>(
    sql`SELECT definition FROM approver_rule WHERE name = 'leads'`,
  );
  const ask = ["ben", "ann"].map((id) => ({ kind: "person", id }));
  expect(rule?.definition).toEqual({ bands: [{ up_to: null, mode: "all", ask }] });
  const draft = await db.row(sql`SELECT status, waiting_since FROM draft WHERE id = 'drf'`);
  expect(draft).toEqual({ status: "pending", waiting_since: new Date("2026-11-20T00:00:00Z") });
});
