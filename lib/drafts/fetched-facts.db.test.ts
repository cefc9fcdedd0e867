import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { claimExecution } from "@/lib/executions/claim-execution";
import { loadPolicies } from "@/lib/policy-files/load-policies";
import { recordPolicyVersions } from "@/lib/policy-files/policy-versions";
import { decideDraft } from "./decide-draft";
import { getReview } from "./get-review";
import { listInbox } from "./list-inbox";
import { submitDraft } from "./submit-draft";

const folder = mkdtempSync(join(tmpdir(), "countersign-policies-"));
let database: TestDatabase;
let server: Server;
let agent: Context<KeyActor>;
let ann: Context<PersonActor>;
let lea: Context<PersonActor>;
/** What the system outside answers of every order; null answers an error. */
let order: Record<string, unknown> | null = {};

beforeAll(async () => {
  server = createServer((_, response) => {
    response.writeHead(order ? 200 : 503, { "content-type": "application/json" });
    response.end(JSON.stringify(order ?? {}));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  process.env.OUTGOING_ALLOWED_HOSTS = "127.0.0.1";
  process.env.PARCEL_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/{/order_id}`;
  mkdirSync(join(folder, "ship"));
  const policy = {
    action_type: "ship",
    tiers: [
      { tier: "low", when: { weight_lte: 1 }, route: "auto_execute" },
      { tier: "medium", when: { weight_lte: 20 }, route: "batch_review" },
      { tier: "high", route: "named_approver", approver_rule: "leads" },
    ],
    hard_blocks: ["stopped"],
    lookups: { parcel: { url_env: "PARCEL_URL" } },
    facts: {
      weight: { from: "http", lookup: "parcel", at: "/weight" },
      stopped: { from: "http", lookup: "parcel", at: "/stopped" },
    },
  };
  const schema = {
    type: "object",
    additionalProperties: false,
    properties: { order_id: { type: "string" } },
  };
  writeFileSync(join(folder, "ship/policy.json"), JSON.stringify(policy));
  writeFileSync(join(folder, "ship/schema.json"), JSON.stringify(schema));

  database = await createTestDatabase();
  const world = await createTestWorld(database.db);
  const policies = loadPolicies(folder);
  await recordPolicyVersions(database.db, policies);
  const admin = await world.person("ada", { roles: ["admin"] });
  ann = { ...(await world.person("ann")), policies };
  lea = { ...(await world.person("lea", { rules: ["leads"] })), policies };
  agent = { ...(await world.agent("shop", admin.actor.personId)).ctx, policies };
});
afterAll(async () => {
  server?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const submit = () =>
  submitDraft(
    agent,
    {
      action_type: "ship",
      payload: { order_id: "o1" },
      summary: "Ship it",
      evidence: [{ kind: "message", title: "Customer", content: "Please." }],
      subject: { type: "order", id: "o1" },
    },
    { idempotencyKey: null },
  );
async function decide(ctx: Context<PersonActor>, id: string) {
  const { screenHash } = await getReview(ctx, id);
  return decideDraft(ctx, { draftId: id, screenHash, verdict: "approve" });
}

it("classifies by what the system outside says, and strictly while it says nothing", async () => {
  order = { weight: 0.5, stopped: false };
  expect(await submit()).toMatchObject({ status: "approved", tier: "low" });
  order = { weight: 5, stopped: false };
  expect(await submit()).toMatchObject({ status: "pending", tier: "medium" });
  order = null;
  expect(await submit()).toMatchObject({ status: "pending", tier: "high", route: "named_approver" });
});

it("asks again when somebody approves: what has become stricter goes on to those whom it needs", async () => {
  order = { weight: 5, stopped: false };
  const { id } = await submit();
  order = { weight: 50, stopped: false };
  expect((await getReview(ann, id)).factChanges).toMatchObject([{ fact: "weight", before: 5, now: 50 }]);
  expect(await decide(ann, id)).toMatchObject({
    status: "pending",
    tier: "high",
    movedTo: { approverRule: "leads" },
  });
  const { items } = await listInbox(lea, { queue: "named" });
  expect(items.find((item) => item.id === id)).toMatchObject({ tier: "high" });
  expect(await decide(lea, id)).toMatchObject({ status: "approved" });
});

it("asks once more before it is carried out, and waits while the answer is not known", async () => {
  order = { weight: 0.5, stopped: false };
  const waits = await submit();
  order = null;
  await expect(claimExecution(agent, waits.id)).rejects.toMatchObject({ code: "not_claimable" });
  order = { weight: 0.5, stopped: false };
  expect(await claimExecution(agent, waits.id)).toMatchObject({ draft_id: waits.id });

  const stopped = await submit();
  order = { weight: 0.5, stopped: true };
  await expect(claimExecution(agent, stopped.id)).rejects.toMatchObject({ code: "not_claimable" });
  expect(await database.db.row(sql`SELECT status FROM draft WHERE id = ${stopped.id}`)).toEqual({
    status: "blocked",
  });
});
