import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { claimExecution } from "@/lib/executions/claim-execution";
import { loadPolicies } from "@/lib/policy-files/load-policies";
import { recordPolicyVersions } from "@/lib/policy-files/policy-versions";
import { decideDraft } from "./decide-draft";
import { getReview } from "./get-review";
import { reviseDraft } from "./revise-draft";
import { submitDraft } from "./submit-draft";
import { undoDecision } from "./undo-decision";

const folder = mkdtempSync(join(tmpdir(), "countersign-policies-"));
let database: TestDatabase;
let agent: Context<KeyActor>;
let ann: Context<PersonActor>;
let ben: Context<PersonActor>;
let clock = new Date("2026-11-23T10:00:00Z");

beforeAll(async () => {
  mkdirSync(join(folder, "post"));
  const rule = { tier: "medium", route: "batch_review", undo_seconds: 60 };
  const tiers = [
    { ...rule, when: { amount_lte: 80 } },
    { ...rule, when: { amount_lte: 100 }, min_reading_seconds: 20, name: "read it" },
    { ...rule, when: { amount_lte: 200 }, undo_seconds: 0, name: "at once" },
    { ...rule, approvals_required: 2, name: "two" },
  ];
  const properties = { amount: { type: "number" } };
  const schema = { type: "object", additionalProperties: false, properties };
  writeFileSync(join(folder, "post/policy.json"), JSON.stringify({ action_type: "post", tiers }));
  writeFileSync(join(folder, "post/schema.json"), JSON.stringify(schema));
  database = await createTestDatabase();
  const world = await createTestWorld(database.db, () => clock);
  const policies = loadPolicies(folder);
  await recordPolicyVersions(database.db, policies);
  const admin = await world.person("ada", { roles: ["admin"] });
  ann = { ...(await world.person("ann")), policies };
  ben = { ...(await world.person("ben")), policies };
  agent = { ...(await world.agent("shop", admin.actor.personId)).ctx, policies };
});
afterAll(async () => {
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const submission = (amount: number) => ({
  action_type: "post",
  payload: { amount },
  summary: "Post it",
  evidence: [{ kind: "message", title: "Somebody", content: "Please." }],
  subject: { type: "customer", id: "cus_1" },
});
async function submit(amount = 50): Promise<string> {
  return (await submitDraft(agent, submission(amount), { idempotencyKey: null })).id;
}
async function decide(ctx: Context<PersonActor>, id: string, input: object = {}) {
  const { screenHash } = await getReview(ctx, id);
  return decideDraft(ctx, { draftId: id, screenHash, verdict: "approve", ...input });
}
const pass = (seconds: number) => {
  clock = new Date(clock.getTime() + seconds * 1000);
};
const draftOf = (id: string) =>
  database.db.row<Record<string, unknown>>(sql`
    SELECT status, amount::float8 AS amount, decided_payload, (SELECT count(*)::int FROM example WHERE draft_id = draft.id) AS examples,
           (SELECT count(*)::int FROM execution WHERE draft_id = draft.id) AS executions
    FROM draft WHERE id = ${id}`);

describe("an approval with time to undo", () => {
  it("is carried out only when that time is over", async () => {
    const id = await submit();
    const { undoUntil } = await decide(ann, id);
    expect(undoUntil).toBe(new Date(clock.getTime() + 60_000).toISOString());
    expect(await getReview(ann, id)).toMatchObject({ undoUntil, execution: { notBefore: undoUntil } });
    expect((await getReview(ben, id)).undoUntil).toBeNull();
    await expect(claimExecution(agent, id)).rejects.toMatchObject({ code: "not_claimable" });
    pass(60);
    await expect(undoDecision(ann, { draftId: id })).rejects.toMatchObject({ code: "conflict" });
    expect(await claimExecution(agent, id)).toMatchObject({ draft_id: id });
  });

  it("is taken back by who gave it: the draft waits again, and anybody may decide, also they", async () => {
    const id = await submit();
    await decide(ann, id);
    await expect(undoDecision(ben, { draftId: id })).rejects.toMatchObject({ code: "not_eligible" });
    expect(await undoDecision(ann, { draftId: id })).toEqual({ draftId: id, status: "pending" });
    expect(await draftOf(id)).toEqual({
      status: "pending",
      amount: 50,
      decided_payload: null,
      examples: 0,
      executions: 0,
    });
    await expect(undoDecision(ann, { draftId: id })).rejects.toMatchObject({ code: "conflict" });
    expect(await decide(ann, id)).toMatchObject({ status: "approved" });
    const verbs = await database.db.rows<{ verb: string }>(
      sql`SELECT verb FROM audit_event WHERE draft_id = ${id} ORDER BY id`,
    );
    expect(verbs.map(({ verb }) => verb)).toEqual([
      "draft.submitted",
      "draft.approved",
      "draft.decision_undone",
      "draft.approved",
    ]);
    const runs = await database.db.rows(sql`
      SELECT 1 FROM dbos.workflow_status WHERE workflow_uuid LIKE ${`escalate:${id}:%`}`);
    expect(runs).toHaveLength(2);
  });

  it("of an edit gives the agent's own proposal back, with its amount", async () => {
    const id = await submit();
    await decide(ann, id, { verdict: "edit_and_approve", payload: { amount: 70 }, reason: "More." });
    expect(await draftOf(id)).toMatchObject({ status: "approved", amount: 70 });
    await undoDecision(ann, { draftId: id });
    expect(await draftOf(id)).toMatchObject({ status: "pending", amount: 50, decided_payload: null });
    expect((await getReview(ben, id)).why).toMatchObject({ eligible: true });
  });

  it("by the second of two leaves the first one's", async () => {
    const id = await submit(500);
    expect(await decide(ann, id)).toMatchObject({ approvalsMissing: 1, undoUntil: null });
    await decide(ben, id);
    await undoDecision(ben, { draftId: id });
    expect((await getReview(ben, id)).why).toMatchObject({ approvalsGiven: 1, eligible: true });
    expect(await decide(ben, id)).toMatchObject({ status: "approved" });
  });

  it("and the claim at the same moment: one of them wins", async () => {
    for (let round = 0; round < 10; round += 1) {
      const id = await submit();
      await decide(ann, id);
      const late = { ...agent, now: () => new Date(clock.getTime() + 60_000) };
      const both = await Promise.allSettled([undoDecision(ann, { draftId: id }), claimExecution(late, id)]);
      expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    }
  });
});

describe("a refusal", () => {
  const refusals = [
    ["reject", "rejected"],
    ["request_changes", "changes_requested"],
  ] as const;

  it.each(refusals)(
    "to %s is taken back within ten seconds, also where an approval cannot be",
    async (verdict, status) => {
      const id = await submit(150);
      const { undoUntil } = await decide(ann, id, { verdict, reason: "A slip." });
      expect(undoUntil).toBe(new Date(clock.getTime() + 10_000).toISOString());
      expect(await draftOf(id)).toMatchObject({ status, examples: 1 });
      await expect(undoDecision(ben, { draftId: id })).rejects.toMatchObject({ code: "not_eligible" });
      await undoDecision(ann, { draftId: id });
      expect(await draftOf(id)).toMatchObject({ status: "pending", examples: 0 });
      expect((await getReview(ann, id)).why.eligible).toBe(true);
      expect(await decide(ann, id)).toMatchObject({ status: "approved", undoUntil: null });
    },
  );

  it("stands when its moment is over", async () => {
    const id = await submit(150);
    await decide(ann, id, { verdict: "reject", reason: "No." });
    pass(10);
    expect((await getReview(ann, id)).undoUntil).toBeNull();
    await expect(undoDecision(ann, { draftId: id })).rejects.toMatchObject({ code: "conflict" });
  });

  it("stands once the agent has answered it, and a revision of what was taken back is refused", async () => {
    const answered = await submit(150);
    await decide(ann, answered, { verdict: "request_changes", reason: "Half of it." });
    await reviseDraft(agent, answered, submission(75), { idempotencyKey: null });
    await expect(undoDecision(ann, { draftId: answered })).rejects.toThrow("sent a revision already");

    const taken = await submit(150);
    await decide(ann, taken, { verdict: "request_changes", reason: "Half of it." });
    const both = await Promise.allSettled([
      undoDecision(ann, { draftId: taken }),
      reviseDraft(agent, taken, submission(75), { idempotencyKey: null }),
    ]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("a policy that asks for time to read", () => {
  it("has whoever is quicker asked once more, and the trail say that they were", async () => {
    const id = await submit(90);
    const quick = { secondsOnScreen: 3 };
    await expect(decide(ann, id, quick)).rejects.toMatchObject({ code: "too_quick" });
    await expect(decide(ann, id)).rejects.toMatchObject({ code: "too_quick" });
    await decide(ann, id, { ...quick, confirmedQuick: true });
    expect(await howDecided(id)).toEqual({ seconds_on_screen: 3, was_quick: true, quick: true });
  });

  it("lets pass whoever took their time, and whoever refuses", async () => {
    const read = await submit(90);
    await decide(ann, read, { secondsOnScreen: 20 });
    expect(await howDecided(read)).toEqual({ seconds_on_screen: 20, was_quick: false, quick: null });
    const refused = await submit(90);
    await decide(ann, refused, { verdict: "reject", reason: "No.", secondsOnScreen: 1 });
  });

  const howDecided = (id: string) =>
    database.db.row(sql`
      SELECT seconds_on_screen, was_quick, (event->>'quicker_than_policy_asks')::boolean AS quick
      FROM decision JOIN audit_event USING (draft_id) WHERE draft_id = ${id} AND verb = 'draft.approved'`);
});
