import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listDraftTrail } from "@/lib/audit/list-draft-trail";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { claimExecution } from "@/lib/executions/claim-execution";
import { reportExecution } from "@/lib/executions/report-execution";
import { listHolds } from "@/lib/holds/list-holds";
import { loadPolicies } from "@/lib/policy-files/load-policies";
import { recordPolicyVersions } from "@/lib/policy-files/policy-versions";
import { getDraft } from "./get-draft";
import { getReview } from "./get-review";
import { listInbox } from "./list-inbox";
import { previewDraft } from "./preview-draft";
import { reviewExecuted } from "./review-executed";
import { submitDraft } from "./submit-draft";

const folder = mkdtempSync(join(tmpdir(), "countersign-policies-"));
let database: TestDatabase;
let agent: Context<KeyActor>;
let admin: Context<PersonActor>;
let ann: Context<PersonActor>;
let owner: Context<PersonActor>;

const RULES = {
  always: { tier: "low", route: "execute_then_review", sla_hours: 8 },
  never: { tier: "low", route: "auto_execute" },
  half: { tier: "low", route: "auto_execute", sample_review: 0.5 },
};

beforeAll(async () => {
  const schema = { type: "object", additionalProperties: false, properties: { amount: { type: "number" } } };
  for (const [name, rule] of Object.entries(RULES)) {
    mkdirSync(join(folder, name));
    const policy = { action_type: name, tiers: [{ name: "small", ...rule }] };
    writeFileSync(join(folder, name, "policy.json"), JSON.stringify(policy));
    writeFileSync(join(folder, name, "schema.json"), JSON.stringify(schema));
  }
  database = await createTestDatabase();
  const world = await createTestWorld(database.db);
  const policies = loadPolicies(folder);
  await recordPolicyVersions(database.db, policies);
  admin = { ...(await world.person("ada", { roles: ["admin"] })), policies };
  ann = { ...(await world.person("ann")), policies };
  owner = { ...(await world.person("owner")), policies };
  agent = { ...(await world.agent("shop", owner.actor.personId)).ctx, policies };
});
afterAll(async () => {
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const submission = (actionType: keyof typeof RULES) => ({
  action_type: actionType,
  payload: { amount: 5 },
  summary: "Do it",
  evidence: [{ kind: "message", title: "Somebody", content: "Please." }],
  subject: { type: "customer", id: "cus_1" },
});
const submit = (actionType: keyof typeof RULES) =>
  submitDraft(agent, submission(actionType), { idempotencyKey: null });
async function execute(id: string): Promise<void> {
  const { grant, payload_hash } = await claimExecution(agent, id);
  await reportExecution(agent, id, { grant, outcome: "succeeded", executed_payload_hash: payload_hash });
}
const lookedFor = async (ctx: Context<PersonActor>) =>
  (await listInbox(ctx, { queue: "after", limit: 200 })).items.map(({ id }) => id);
async function say(ctx: Context<PersonActor>, id: string, input: object) {
  const { screenHash } = await getReview(ctx, id);
  return reviewExecuted(ctx, { draftId: id, screenHash, verdict: "uphold", ...input });
}

describe("what executes and is reviewed then", () => {
  it("runs without a person, and comes to the inbox once it has run", async () => {
    const answer = await submit("always");
    expect(answer).toMatchObject({ status: "approved", route: "execute_then_review", due_at: null });
    expect(await lookedFor(ann)).toEqual([]);
    await execute(answer.id);
    expect(await lookedFor(ann)).toEqual([answer.id]);
    expect(await lookedFor(owner)).toEqual([]);
    expect((await listInbox(ann, { queue: "batch" })).counts).toMatchObject({ batch: 0, after: 1 });
    expect((await getReview(ann, answer.id)).why).toMatchObject({ eligible: true });
    await expect(say(owner, answer.id, {})).rejects.toMatchObject({ code: "not_eligible" });
    expect(await say(ann, answer.id, {})).toEqual({
      draftId: answer.id,
      afterReview: "upheld",
      holdId: null,
    });
    expect(await lookedFor(ann)).toEqual([]);
    const example = await database.db.row(
      sql`SELECT outcome, person_id FROM example WHERE draft_id = ${answer.id}`,
    );
    expect(example).toEqual({ outcome: "approved", person_id: "per_ann" });
    expect((await listDraftTrail(ann, answer.id)).at(-1)).toMatchObject({
      verb: "draft.upheld",
      actor: "ann",
    });
  });

  it("overturned, holds its rule back in the same moment, and the next one waits for a person", async () => {
    const { id } = await submit("always");
    await execute(id);
    const { id: released } = await submit("always");
    await expect(say(ann, id, { verdict: "overturn" })).rejects.toMatchObject({ code: "invalid_request" });
    const result = await say(ann, id, { verdict: "overturn", reason: "A made-up customer" });
    expect(result).toMatchObject({ afterReview: "overturned", holdId: expect.stringMatching(/^hld_/) });
    await expect(say(ann, id, {})).rejects.toMatchObject({ code: "conflict" });
    const [hold] = (await listHolds(admin)).inForce;
    expect(hold).toMatchObject({ id: result.holdId, kind: "rule", placedBy: "ann" });
    expect(hold?.reason).toContain("A made-up customer");
    const next = await submit("always");
    expect(next).toMatchObject({ status: "pending", route: "batch_review" });
    // Another agent may be under that rule too: which draft it was, and what was written of it, is for people.
    expect(next.reasons).toContain("held back to review: something that it let run was overturned");
    const { status, route, reasons } = next;
    expect(await previewDraft(agent, submission("always"))).toMatchObject({ status, route, reasons });
    const refused = await claimExecution(agent, released).catch((error: Error) => error);
    expect(refused).toMatchObject({
      message: "Held back to review: something that it let run was overturned",
    });
    expect(JSON.stringify([next, String(refused)])).not.toMatch(new RegExp(`${id}|made-up`));
    expect(await submit("never")).toMatchObject({ status: "approved" });
    // The agent is told nothing of looks afterwards.
    expect((await getDraft(agent, id)).decisions).toEqual([]);
  });
});

describe("a sample of what runs by itself", () => {
  it("is taken at random, about the share that the policy asks for, and of none where it asks for none", async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => submit("half")));
    const none = await Promise.all(Array.from({ length: 20 }, () => submit("never")));
    const sampled = async (ids: string[]) =>
      (await database.db.row<{ n: number }>(
        sql`SELECT count(*)::int AS n FROM draft WHERE after_review = 'waiting' AND id = ANY (${ids}::text[])`,
      ))!.n;
    const share = (await sampled(answers.map(({ id }) => id))) / answers.length;
    // Six standard deviations: once in five hundred million runs.
    expect(share).toBeGreaterThan(0.28);
    expect(share).toBeLessThan(0.72);
    expect(await sampled(none.map(({ id }) => id))).toBe(0);
    // Nothing in the answer tells a sampled one apart.
    expect(new Set(answers.map(({ id: _, ...rest }) => JSON.stringify(rest))).size).toBe(1);
    const later = await Promise.all(answers.map(({ id }) => getDraft(agent, id)));
    expect(new Set(later.map(({ id: _, created_at: __, ...rest }) => JSON.stringify(rest))).size).toBe(1);
  });
});

describe("what was an example already when somebody looked at it", () => {
  it.each([
    ["uphold", { withdrawn: false, by: null, reason: null }],
    ["overturn", { withdrawn: true, by: "per_ann", reason: "They had it twice" }],
  ] as const)("is not deleted, and after %s prompts see it or not: %j", async (verdict, expected) => {
    const { id } = await submit("never");
    await execute(id);
    await database.db.run(sql`
      UPDATE draft SET after_review = 'waiting', approver_rule = 'default_approvers', due_at = now() WHERE id = ${id}`);
    await database.db.run(sql`
      INSERT INTO example (id, draft_id, action_type, outcome, summary, subject_type, subject_id, proposed_payload,
                           final_payload, policy_version_id, decided_at)
      SELECT ${`exm_${verdict}`}, id, action_type, 'approved', summary, subject_type, subject_id, payload, payload,
             policy_version_id, now() FROM draft WHERE id = ${id}`);
    await say(ann, id, { verdict, reason: "They had it twice" });
    const examples = await database.db.rows(sql`
      SELECT id, outcome, withdrawn_at IS NOT NULL AS withdrawn, withdrawn_by_id AS by, withdrawn_reason AS reason
      FROM example WHERE draft_id = ${id}`);
    expect(examples).toEqual([{ id: `exm_${verdict}`, outcome: "approved", ...expected }]);
  });
});
