import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { sumFigures } from "../figures/sum-figures";
import { listNextSteps } from "./list-next-steps";

const now = new Date("2026-11-21T12:00:00Z");
const NOTHING = {
  figures: sumFigures([]),
  queue: { waiting: 0, oldestSeconds: null, medianSeconds: null, overdue: 0 },
};
let database: TestDatabase;
let manager: Context<PersonActor>;
let approver: Context<PersonActor>;

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db, () => now);
  const owner = await world.person("owner", { roles: ["admin"] });
  manager = await world.person("max", { roles: ["manager"] });
  approver = await world.person("ann");
  await world.agent("shop", owner.actor.personId);
});
afterAll(() => database?.drop());

it("is empty where nothing waits, and not for those who may not see insights", async () => {
  expect(await listNextSteps(manager, NOTHING)).toEqual([]);
  await expect(listNextSteps(approver, NOTHING)).rejects.toMatchObject({ code: "forbidden" });
});

it("names what waits, the most pressing first, and where to go with it", async () => {
  await database.db.run(sql`
    INSERT INTO unassigned_action_type (action_type, agent_id, submissions, first_at, last_at)
    VALUES ('wire_money', 'agt_shop', 4, ${now}, ${now}), ('long_ago', 'agt_shop', 4, '2026-01-05', '2026-01-06'),
           ('refund', 'agt_shop', 1, ${now}, ${now})`);
  await database.db.run(sql`
    INSERT INTO hold (id, action_type, reason, placed_by_id, placed_at, ends_at)
    VALUES ('hld_1', 'refund', 'looks wrong', 'per_max', ${now}, NULL),
           ('hld_2', 'send_email', 'looks wrong', 'per_max', ${now}, NULL),
           ('hld_3', 'send_email', 'looked wrong', 'per_max', '2026-11-01', '2026-11-02')`);
  const figures = { ...NOTHING.figures, samples: { ...NOTHING.figures.samples, waiting: 1 } };
  const steps = await listNextSteps(manager, { figures, queue: { ...NOTHING.queue, overdue: 3 } });
  expect(steps.map(({ count, words }) => `${count} ${words}`)).toEqual([
    "3 drafts are overdue",
    "2 holds keep drafts from running",
    "1 draft that ran by itself waits for a look",
    "1 action type has no policy",
  ]);
  expect(steps.at(-1)!.href).toBe("/organisation/policies");
});

it("tells of a permission that ends within two weeks, not before and not after", async () => {
  const policy = manager.policies.get("refund")!;
  const leased = (until: string) => ({
    ...manager,
    policies: new Map([
      [
        "refund",
        {
          ...policy,
          policy: {
            ...policy.policy,
            rules: policy.policy.rules.map((rule) => ({ ...rule, lease: { until } })),
          },
        },
      ],
    ]) as typeof manager.policies,
  });
  const ending = async (until: string) =>
    (await listNextSteps(leased(until), NOTHING)).find(({ kind }) => kind === "lease")?.count ?? 0;
  expect(await ending("2026-11-28")).toBe(policy.policy.rules.length);
  expect(await ending("2026-12-28")).toBe(0);
  expect(await ending("2026-11-19")).toBe(0);
});
