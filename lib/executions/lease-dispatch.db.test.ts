import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, KeyActor, SystemActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { previewDraft } from "@/lib/drafts/preview-draft";
import { submitDraft } from "@/lib/drafts/submit-draft";
import { loadPolicies } from "@/lib/policy-files/load-policies";
import { recordPolicyVersions } from "@/lib/policy-files/policy-versions";
import { claimExecution } from "./claim-execution";
import { holdBackWaiting } from "./hold-back-waiting";

const LAST_DAY = "2026-11-30";
const folders: string[] = [];
let database: TestDatabase;
let agent: Context<KeyActor>;
let worker: Context<SystemActor>;
let clock = new Date(`${LAST_DAY}T23:00:00Z`);

function policiesUntil(until: string) {
  const folder = mkdtempSync(join(tmpdir(), "countersign-policies-"));
  folders.push(folder);
  mkdirSync(join(folder, "post"));
  const lease = { until, promotion: "prm_1" };
  const tiers = [
    { tier: "low", name: "promoted", when: { amount_lte: 80 }, route: "auto_execute", lease },
    { tier: "medium", route: "batch_review" },
  ];
  const properties = { amount: { type: "number" }, note: { type: "string" } };
  const schema = { type: "object", additionalProperties: false, properties };
  writeFileSync(join(folder, "post/policy.json"), JSON.stringify({ action_type: "post", tiers }));
  writeFileSync(join(folder, "post/schema.json"), JSON.stringify(schema));
  return loadPolicies(folder);
}

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db, () => clock);
  const policies = policiesUntil(LAST_DAY);
  await recordPolicyVersions(database.db, policies);
  const admin = await world.person("ada", { roles: ["admin"] });
  await world.person("ann");
  agent = { ...(await world.agent("shop", admin.actor.personId)).ctx, policies };
  worker = { ...agent, actor: { kind: "system", name: "worker" } };
});
afterAll(async () => {
  await database?.drop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const body = {
  action_type: "post",
  payload: { amount: 50, note: "kept out: no rule looks at it" },
  summary: "Post it",
  evidence: [{ kind: "message", title: "Somebody", content: "Please." }],
  subject: { type: "customer", id: "cus_1" },
};
const submit = (ctx = agent) => submitDraft(ctx, body, { idempotencyKey: null });
const statusOf = async (id: string) =>
  (await database.db.row<{ status: string; route: string }>(
    sql`SELECT status, route FROM draft WHERE id = ${id}`,
  ))!;

describe("when a rule's lease ends", () => {
  it("keeps the facts of the submission, without what no rule looks at", async () => {
    const { id } = await submit();
    const row = await database.db.row(sql`SELECT facts FROM classification WHERE draft_id = ${id}`);
    expect(row).toEqual({ facts: { amount: 50 } });
  });

  it("holds back what it released and has not gone out: by the worker, at the claim, and at submission", async () => {
    const { id: swept } = await submit();
    const { id: claimed } = await submit();
    const { id: executed } = await submit();
    expect(await statusOf(swept)).toEqual({ status: "approved", route: "auto_execute" });
    await claimExecution(agent, executed);
    expect(await holdBackWaiting(worker)).toBe(0);

    clock = new Date("2026-12-01T00:00:00Z");
    await expect(claimExecution(agent, claimed)).rejects.toMatchObject({
      code: "not_claimable",
      message: "Held back to review: its permission to run by itself ended with 2026-11-30",
    });
    expect(await statusOf(claimed)).toEqual({ status: "pending", route: "batch_review" });
    expect(await holdBackWaiting(worker)).toBeGreaterThanOrEqual(1);
    expect(await statusOf(swept)).toEqual({ status: "pending", route: "batch_review" });
    expect(await statusOf(executed)).toEqual({ status: "executing", route: "auto_execute" });

    const preview = await previewDraft(agent, body);
    expect(preview).toMatchObject({ status: "pending", tier: "low", route: "batch_review", sla_hours: 24 });
    expect(preview.reasons.at(-1)).toContain("ended with 2026-11-30");
    const answer = await submit();
    expect(answer).toMatchObject({ status: "pending", route: "batch_review" });
    const trail = await database.db.row(
      sql`SELECT event->'held_by' AS held FROM audit_event WHERE draft_id = ${answer.id}`,
    );
    expect(trail).toEqual({ held: ["prm_1"] });
  });

  it("goes on under a lease that was renewed meanwhile", async () => {
    clock = new Date("2026-11-30T12:00:00Z");
    const { id } = await submit();
    clock = new Date("2026-12-02T12:00:00Z");
    const renewed = policiesUntil("2027-02-28");
    await recordPolicyVersions(database.db, renewed);
    expect(await holdBackWaiting({ ...worker, policies: renewed })).toBe(0);
    await expect(claimExecution({ ...agent, policies: renewed }, id)).resolves.toMatchObject({
      draft_id: id,
    });
  });
});
