import type { Database, Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { agents, approverRules, departments, groups, people, schedules } from "./demo-organisation";

/**
 * Seeds the demo organisation (people, roles, groups, schedules, approver rules, agents) into a database that has nobody yet.
 * Resolves to whether it did: one person there, and nothing is touched. Keys are made with `npm run keys`.
 */
export async function seedDemo(db: Database): Promise<boolean> {
  return db.transaction(async (tx) => {
    await tx.run(sql`LOCK TABLE person IN SHARE ROW EXCLUSIVE MODE`);
    if (await tx.row(sql`SELECT 1 FROM person LIMIT 1`)) return false;
    await seedPeople(tx);
    await seedGroupsAndRules(tx);
    await tx.run(sql`
      INSERT INTO agent (id, name, owner_id)
      SELECT id, name, owner FROM jsonb_to_recordset(${JSON.stringify(agents)}::jsonb) AS a(id text, name text, owner text)`);
    return true;
  });
}

async function seedPeople(tx: Transaction): Promise<void> {
  const departmentRows = JSON.stringify(departments);
  const personRows = JSON.stringify(people);
  await tx.run(sql`
    INSERT INTO department (id, name)
    SELECT id, name FROM jsonb_to_recordset(${departmentRows}::jsonb) AS d(id text, name text)`);
  await tx.run(sql`
    INSERT INTO person (id, name, email, department_id, manager_id)
    SELECT id, name, email, 'dep_' || department, manager
    FROM jsonb_to_recordset(${personRows}::jsonb)
      AS p(id text, name text, email text, department text, manager text)`);
  await tx.run(sql`
    UPDATE department SET head_id = d.head
    FROM jsonb_to_recordset(${departmentRows}::jsonb) AS d(id text, head text) WHERE department.id = d.id`);
  await tx.run(
    sql`INSERT INTO person_identity (issuer, subject, person_id) SELECT 'demo', id, id FROM person`,
  );
  await tx.run(sql`
    INSERT INTO person_role (person_id, role)
    SELECT p.id, role FROM jsonb_to_recordset(${personRows}::jsonb) AS p(id text, roles jsonb),
      jsonb_array_elements_text(p.roles) AS role`);
}

async function seedGroupsAndRules(tx: Transaction): Promise<void> {
  const groupRows = JSON.stringify(groups);
  const ruleRows = JSON.stringify(approverRules);
  const scheduleRows = JSON.stringify(schedules);
  await tx.run(sql`
    INSERT INTO "group" (id, name)
    SELECT id, name FROM jsonb_to_recordset(${groupRows}::jsonb) AS g(id text, name text)`);
  await tx.run(sql`
    INSERT INTO group_member (group_id, person_id)
    SELECT g.id, member FROM jsonb_to_recordset(${groupRows}::jsonb) AS g(id text, members jsonb),
      jsonb_array_elements_text(g.members) AS member`);
  await tx.run(sql`
    WITH added AS (
      INSERT INTO schedule (id, name, definition)
      SELECT id, name, definition
      FROM jsonb_to_recordset(${scheduleRows}::jsonb) AS s(id text, name text, definition jsonb)
      RETURNING *
    )
    INSERT INTO schedule_version (schedule_id, version, name, definition, note)
    SELECT id, version, name, definition, 'As the demo begins' FROM added`);
  await tx.run(sql`
    INSERT INTO approver_rule (name, description, definition)
    SELECT name, description, definition
    FROM jsonb_to_recordset(${ruleRows}::jsonb) AS r(name text, description text, definition jsonb)`);
}
