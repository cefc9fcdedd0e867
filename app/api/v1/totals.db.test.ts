import { afterAll, beforeAll, expect, it } from "vitest";
import { getDatabase } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { startTestApi, type TestApi } from "./test-api";

let api: TestApi;
let alone: string;
const payoutBy = (name: string, fact: string) => ({
  "policy.json": {
    action_type: name,
    tiers: [
      { tier: "low", when: { [`${fact}_lte`]: 500 }, route: "auto_execute" },
      { tier: "medium", route: "batch_review" },
    ],
  },
  "schema.json": { type: "object", additionalProperties: false, properties: { amount: { type: "number" } } },
});
const LIMITS = {
  limited_by_subject: "subject_amount_24h",
  limited_by_automatic: "subject_amount_24h_automatic",
  limited_by_own_type: "subject_action_type_amount_24h",
  limited_by_type: "action_type_amount_1d",
  limited_by_type_automatic: "action_type_amount_7d_automatic",
  limited_by_agent: "agent_amount_24h",
};
beforeAll(async () => {
  const policies = Object.entries(LIMITS).map(([name, fact]) => [name, payoutBy(name, fact)]);
  // As many connections as drafts, and open: ten at a time would keep a limit of ten by themselves.
  const settings = { RATE_LIMIT_PER_SECOND: "100000", DATABASE_POOL_SIZE: "40" };
  api = await startTestApi(Object.fromEntries(policies), settings);
  await Promise.all(Array.from({ length: 40 }, () => getDatabase().run(sql`SELECT pg_sleep(0.1)`)));
  alone = (await api.world.agent("alone", api.owner.actor.personId)).key;
});
afterAll(() => api?.stop());

it.each(Object.entries(LIMITS))(
  "of forty refunds of 50 at once, %s of 500 lets exactly ten through by itself",
  async (action_type) => {
    const routes = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        // A total of an agent's is one agent's; any other is everybody's.
        const key = action_type === "limited_by_agent" ? alone : [api.shop.key, api.rival.key][index % 2];
        // A total of the action type's is that of all its subjects.
        const id = action_type.startsWith("limited_by_type") ? `cus_${index}` : `cus_${action_type}`;
        const json = {
          action_type,
          payload: { amount: 50 },
          summary: "Pay",
          subject: { type: "customer", id },
        };
        const { body } = await api.call("POST", "/drafts", { key, json });
        return body.route;
      }),
    );
    const count = (route: string) => routes.filter((taken) => taken === route).length;
    expect([count("auto_execute"), count("batch_review")]).toEqual([10, 30]);
  },
);
