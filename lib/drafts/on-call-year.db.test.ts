import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld, type TestWorld } from "@/lib/db/test-world";
import { pushFacts } from "@/lib/facts/push-facts";
import type { Schedule } from "@/lib/routing/schedule";
import { decideDraft } from "./decide-draft";
import { escalateDraft } from "./escalate-draft";
import { getReview } from "./get-review";
import { listInbox } from "./list-inbox";
import { submitDraft } from "./submit-draft";

/** Three places follow the sun: New York lies on Berlin, Berlin on Sydney, which is there whenever they are not. */
const PLACES = [
  { zone: "America/New_York", from: 9, until: 17, people: ["nora", "noah"] },
  { zone: "Europe/Berlin", from: 9, until: 18, people: ["bela", "bina"] },
  { zone: "Australia/Sydney", from: 0, until: 24, people: ["sam", "sue"] },
] as const;
const START = "2026-11-30";
const HANDOVER_HOUR = 9;
const OVERRIDE = { person: "olga", from: "2027-02-10T00:00:00Z", until: "2027-02-12T12:00:00Z" };
const ABSENCE = {
  person: "bela",
  delegate: "dora",
  from: "2027-06-01T00:00:00Z",
  until: "2027-06-20T00:00:00Z",
};
const HOUR = 3_600_000;

const schedule: Schedule = {
  time_zone: "UTC",
  layers: [...PLACES].reverse().map(({ zone, from, until, people }) => ({
    name: zone,
    time_zone: zone,
    participants: people.map((name) => `per_${name}`),
    rotation: { unit: "week", every: 1, handover: "09:00", weekday: 1 },
    starts_on: START,
    ...(from === 0
      ? {}
      : {
          restrictions: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: `0${from}:00`, until: `${until}:00` }],
        }),
  })),
};

/** What the wall says there: days since 1970 and hours of the day. By Intl, as an oracle independent of the code. */
function wallClock(at: Date, timeZone: string): { day: number; hours: number } {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const day = Date.UTC(part("year"), part("month") - 1, part("day")) / (24 * HOUR);
  return { day, hours: part("hour") + part("minute") / 60 };
}

/** Whose it is at that moment, worked out from the walls of the three places. */
function rightPerson(at: Date): string {
  const within = (from: string, until: string) => at >= new Date(from) && at < new Date(until);
  if (within(OVERRIDE.from, OVERRIDE.until)) return OVERRIDE.person;
  for (const { zone, from, until, people } of PLACES) {
    const { day, hours } = wallClock(at, zone);
    const started = day + hours / 24 - (Date.parse(START) / (24 * HOUR) + HANDOVER_HOUR / 24);
    if (started < 0 || hours < from || hours >= until) continue;
    const person = people[Math.floor(started / 7) % people.length]!;
    return person === ABSENCE.person && within(ABSENCE.from, ABSENCE.until) ? ABSENCE.delegate : person;
  }
  throw new Error("a gap");
}

/** A year of moments: every 61 hours, and minute by minute around each change of the clocks in the three places. */
function moments(): Date[] {
  const first = Date.parse("2026-12-02T00:07:00Z");
  const all = Array.from({ length: 143 }, (_, n) => first + n * 61 * HOUR);
  const changes = [
    "2027-03-14T07:00:00Z",
    "2027-11-07T06:00:00Z",
    "2027-03-28T01:00:00Z",
    "2027-10-31T01:00:00Z",
    "2027-04-03T16:00:00Z",
    "2027-10-02T16:00:00Z",
  ].map((at) => Date.parse(at));
  for (const change of changes) {
    for (const hours of [-13, -8, -1, -1 / 60, 0, 1 / 60, 1, 6, 7, 8, 15, 23, 24])
      all.push(change + hours * HOUR);
  }
  for (const { from, until } of [OVERRIDE, ABSENCE]) {
    for (const edge of [from, until]) all.push(Date.parse(edge) - 60_000, Date.parse(edge));
  }
  for (let day = 0; day < 20; day += 1) all.push(Date.parse(ABSENCE.from) + (24 * day + 10) * HOUR);
  return all.map((at) => new Date(at));
}

let database: TestDatabase;
let world: TestWorld;
let agent: Context<KeyActor>;
const people = new Map<string, Context<PersonActor>>();
let clock = new Date();
let serial = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createTestWorld(database.db, () => clock);
  clock = new Date("2026-12-01T00:00:00Z");
  const names = [...PLACES.flatMap((place) => place.people), OVERRIDE.person, ABSENCE.delegate];
  for (const name of names) people.set(name, await world.person(name));
  people.set("lena", await world.person("lena", { rules: ["finance_lead"] }));
  const owner = await world.person("owner", { roles: ["admin"] });
  agent = (await world.agent("shop", owner.actor.personId)).ctx;
  const crm = (await world.integration("crm", owner.actor.personId)).ctx;
  const facts = { customer_months: 12, chargeback_open: false, account_flagged_fraud: false };
  await pushFacts(crm, { type: "customer", id: "cus_1" }, { facts });
  await database.db.run(sql`
    INSERT INTO schedule (id, name, definition) VALUES ('sch_sun', 'Follow the sun', ${JSON.stringify(schedule)}::jsonb)`);
  await database.db.run(sql`
    INSERT INTO schedule_override (id, schedule_id, person_id, starts_at, ends_at)
    VALUES ('ovr_1', 'sch_sun', ${`per_${OVERRIDE.person}`}, ${OVERRIDE.from}, ${OVERRIDE.until})`);
  await database.db.run(sql`
    INSERT INTO absence (id, person_id, delegate_id, starts_at, ends_at)
    VALUES ('abs_1', ${`per_${ABSENCE.person}`}, ${`per_${ABSENCE.delegate}`}, ${ABSENCE.from}, ${ABSENCE.until})`);
  const rule = { bands: [{ up_to: null, mode: "all", ask: [{ kind: "schedule", id: "sch_sun" }] }] };
  await database.db.run(sql`
    INSERT INTO approver_rule (name, description, definition) VALUES ('finance_oncall', '', ${JSON.stringify(rule)}::jsonb)`);
});
afterAll(() => database?.drop());

async function submit(): Promise<string> {
  serial += 1;
  const { id } = await submitDraft(
    agent,
    {
      action_type: "refund",
      payload: { order_id: `ord_${serial}`, amount: 900, currency: "USD", reason: "damaged" },
      summary: "Refund 900",
      evidence: [{ kind: "message", title: "Customer", content: "It arrived broken." }],
      subject: { type: "customer", id: "cus_1" },
    },
    { idempotencyKey: null },
  );
  return id;
}

/** The next thing that would happen to a draft by itself: its earliest timer that has not fired. */
const nextTimer = (id: string, fired: Set<string>) =>
  database.db
    .rows<{ id: string; at: string; inputs: string }>(sql`
      SELECT run.workflow_uuid AS id, run.delay_until_epoch_ms AS at, input.inputs
      FROM dbos.workflow_status AS run JOIN dbos.workflow_input AS input USING (workflow_uuid)
      WHERE run.name = 'escalate_draft' AND run.workflow_uuid LIKE ${`escalate:${id}:%`}
      ORDER BY run.delay_until_epoch_ms`)
    .then((timers) => timers.find((timer) => !fired.has(timer.id)));

describe("a high refund, in a year of moments with every change of the clocks", () => {
  it("lands on whoever is on call then, and on nobody else", async () => {
    const seen = new Set<string>();
    for (const at of moments()) {
      clock = at;
      const id = await submit();
      const row = await database.db.row<{ told: string[] }>(
        sql`SELECT array_agg(person_id) AS told FROM notice WHERE draft_id = ${id}`,
      );
      const right = rightPerson(at);
      expect(row?.told, at.toISOString()).toEqual([`per_${right}`]);
      expect((await getReview(people.get(right)!, id)).why.eligible).toBe(true);
      seen.add(right);
    }
    // Or the year would not have tried everybody.
    expect(seen).toEqual(new Set([...people.keys()].filter((name) => name !== "lena")));
  });

  it("shows in the inbox of whoever is on call now, also when the shift changes while it waits", async () => {
    clock = new Date("2027-01-11T07:30:00Z");
    const id = await submit();
    for (const hours of [0, 1, 7]) {
      const at = new Date(clock.getTime() + hours * HOUR);
      const right = rightPerson(at);
      for (const [name, ctx] of people) {
        const { items } = await listInbox({ ...ctx, now: () => at }, { queue: "named", limit: 200 });
        expect([name, items.some((item) => item.id === id)]).toEqual([name, name === right]);
      }
    }
  });

  it("escalates on time when they are silent, and is denied at the end when everybody is", async () => {
    for (const start of ["2027-03-28T00:30:00Z", "2027-10-31T00:30:00Z", "2027-07-01T12:00:00Z"]) {
      clock = new Date(start);
      const id = await submit();
      const happened: [hours: number, what: string][] = [];
      const fired = new Set<string>();
      for (let timer = await nextTimer(id, fired); timer; timer = await nextTimer(id, fired)) {
        fired.add(timer.id);
        clock = new Date(Number(timer.at));
        const [draftId, level] = JSON.parse(timer.inputs).positionalArgs;
        const worker = { ...agent, actor: { kind: "system", name: "worker" } as const };
        const outcome = await escalateDraft(worker, draftId, level, `${timer.id}:run:${fired.size}`);
        happened.push([(clock.getTime() - Date.parse(start)) / HOUR, outcome]);
      }
      expect(happened).toEqual([
        [4, "reminded"],
        [7.2, "reminded"],
        [8, "escalated"],
        [12, "reminded"],
        [15.2, "reminded"],
        [16, "expired"],
      ]);
      const lena = people.get("lena")!;
      await expect(
        decideDraft(lena, { draftId: id, verdict: "approve", screenHash: "0".repeat(64) }),
      ).rejects.toMatchObject({ code: "not_pending" });
    }
  });
});
