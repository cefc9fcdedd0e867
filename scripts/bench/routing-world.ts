import type { Database } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import type { ApproverRuleDefinition } from "@/lib/routing/approver-rule";
import { type Schedule, scheduleSchema } from "@/lib/routing/schedule";

export interface RoutingSizes {
  people: number;
  schedules: number;
  rounds: number;
  warmUp: number;
  /** How much one round does of each. */
  perRound: { resolve: number; everyone: number; load: number; query: number };
}

const ZONES = ["America/New_York", "Europe/Berlin", "Asia/Singapore"];
const DEPARTMENTS = 20;
const DAY_MS = 86_400_000;

const personId = (n: number) => `per_bench_${n}`;
export const ruleName = (n: number) => `rule_${n}`;
export const departmentId = (n: number) => `dep_bench_${n % DEPARTMENTS}`;

/**
 * Fills an empty database with people, of whom one in twenty is away, and with as many rules as schedules: each asks a
 * schedule of three zones, then a group; above an amount a department head first.
 */
export async function addRoutingWorld(db: Database, { people, schedules }: RoutingSizes): Promise<void> {
  await db.run(sql`
    INSERT INTO department (id, name) SELECT 'dep_bench_' || n, 'Department ' || n FROM generate_series(0, ${DEPARTMENTS - 1}) AS n`);
  await db.run(sql`
    INSERT INTO person (id, name, email, department_id)
    SELECT 'per_bench_' || n, 'Person ' || n, 'person' || n || '@example.com', 'dep_bench_' || n % ${DEPARTMENTS}::int
    FROM generate_series(0, ${people - 1}) AS n`);
  await db.run(sql`INSERT INTO person_role (person_id, role) SELECT id, 'approver' FROM person`);
  await db.run(sql`UPDATE department SET head_id = 'per_bench_' || split_part(id, '_', 3)`);
  await db.run(sql`
    INSERT INTO "group" (id, name) SELECT 'grp_bench_' || n, 'Group ' || n FROM generate_series(0, ${schedules - 1}) AS n`);
  await db.run(sql`
    INSERT INTO group_member (group_id, person_id)
    SELECT "group".id, 'per_bench_' || (split_part("group".id, '_', 3)::int * 8 + n) % ${people}::int
    FROM "group", generate_series(0, 7) AS n`);
  await db.run(sql`
    INSERT INTO absence (id, person_id, delegate_id, starts_at, ends_at)
    SELECT 'abs_bench_' || n, 'per_bench_' || n, 'per_bench_' || (n + 1) % ${people}::int, now() - interval '1 year',
           now() + interval '1 year'
    FROM generate_series(0, ${people - 1}, 20) AS n`);
  for (let n = 0; n < schedules; n++) await addSchedule(db, n, people);
}

async function addSchedule(db: Database, n: number, people: number): Promise<void> {
  const definition = JSON.stringify(followTheSun(n, people));
  const rule = JSON.stringify(ruleAsking(n));
  await db.run(sql`
    INSERT INTO schedule (id, name, definition)
    VALUES (${`sch_bench_${n}`}, ${`Schedule ${n}`}, ${definition}::jsonb)`);
  await db.run(sql`
    INSERT INTO approver_rule (name, description, definition) VALUES (${ruleName(n)}, '', ${rule}::jsonb)`);
  for (let week = 0; week < 2; week++) {
    const startsAt = new Date(Date.now() + (n + 60 * week) * DAY_MS);
    await db.run(sql`
      INSERT INTO schedule_override (id, schedule_id, person_id, starts_at, ends_at)
      VALUES (${`ovr_bench_${n}_${week}`}, ${`sch_bench_${n}`}, ${personId(n)}, ${startsAt},
              ${new Date(startsAt.getTime() + DAY_MS)})`);
  }
}

/** One layer for each zone in its own day, four people each. */
const followTheSun = (n: number, people: number): Schedule =>
  scheduleSchema.parse({
    time_zone: "UTC",
    layers: ZONES.map((time_zone, layer) => ({
      name: time_zone,
      time_zone,
      participants: Array.from({ length: 4 }, (_, index) => personId((n * 12 + layer * 4 + index) % people)),
      rotation: { unit: "week", every: 1, handover: "08:00", weekday: 1 },
      starts_on: "2024-01-01",
      ...(layer === 0
        ? {}
        : { restrictions: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: "08:00", until: "16:00" }] }),
    })),
  });

const ruleAsking = (n: number): ApproverRuleDefinition => {
  const group = { kind: "group", id: `grp_bench_${n}` } as const;
  return {
    bands: [
      { up_to: 500, mode: "first", ask: [{ kind: "schedule", id: `sch_bench_${n}` }, group] },
      { up_to: null, mode: "first", ask: [{ kind: "department_head" }, group] },
    ],
  };
};
