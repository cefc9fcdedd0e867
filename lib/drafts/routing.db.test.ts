import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Context, KeyActor, PersonActor, SystemActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld, type TestWorld } from "@/lib/db/test-world";
import { claimExecution } from "@/lib/executions/claim-execution";
import { holdBackWaiting } from "@/lib/executions/hold-back-waiting";
import { pushFacts } from "@/lib/facts/push-facts";
import { listHolds } from "@/lib/holds/list-holds";
import { placeHold } from "@/lib/holds/place-hold";
import { releaseHold } from "@/lib/holds/release-hold";
import type { ApproverRuleDefinition } from "@/lib/routing/approver-rule";
import { decideDraft } from "./decide-draft";
import { escalateUnattended } from "./escalate-unattended";
import { getReview } from "./get-review";
import { listInbox } from "./list-inbox";
import { submitDraft } from "./submit-draft";

let database: TestDatabase;
let world: TestWorld;
let agent: Context<KeyActor>;
let crm: Context<KeyActor>;
let worker: Context<SystemActor>;
let ann: Context<PersonActor>;
let ben: Context<PersonActor>;
let cat: Context<PersonActor>;
let lea: Context<PersonActor>;
let admin: Context<PersonActor>;
let serial = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createTestWorld(database.db);
  ann = await world.person("ann");
  ben = await world.person("ben");
  cat = await world.person("cat");
  lea = await world.person("lea", { rules: ["finance_lead"] });
  admin = await world.person("ada", { roles: ["admin", "manager"] });
  agent = (await world.agent("shop", admin.actor.personId)).ctx;
  crm = (await world.integration("crm", admin.actor.personId)).ctx;
  worker = { ...admin, actor: { kind: "system", name: "worker" } };
});
afterAll(() => database?.drop());

const person = (ctx: Context<PersonActor>) => ({ kind: "person" as const, id: ctx.actor.personId });
const setRule = (name: string, bands: ApproverRuleDefinition["bands"]) =>
  database.db.run(sql`
    INSERT INTO approver_rule (name, description, definition) VALUES (${name}, '', ${JSON.stringify({ bands })}::jsonb)
    ON CONFLICT (name) DO UPDATE SET definition = excluded.definition`);
const askOnly = (...people: Context<PersonActor>[]) =>
  setRule("finance_oncall", [{ up_to: null, mode: "all", ask: people.map(person) }]);

async function submit(amount: number, facts: Record<string, unknown> = {}) {
  const id = `cus_${++serial}`;
  const known = { customer_months: 12, chargeback_open: false, account_flagged_fraud: false, ...facts };
  await pushFacts(crm, { type: "customer", id }, { facts: known });
  const draft = {
    action_type: "refund",
    payload: { order_id: `ord_${serial}`, amount, currency: "USD", reason: "damaged" },
    summary: `Refund ${amount}`,
    evidence: [{ kind: "message" as const, title: "Customer", content: "It arrived broken." }],
    subject: { type: "customer", id },
  };
  const answer = await submitDraft(agent, draft, { idempotencyKey: null });
  return { ...answer, customer: id, payload: draft.payload };
}
async function decide(ctx: Context<PersonActor>, id: string, input: object = {}) {
  const { screenHash } = await getReview(ctx, id);
  return decideDraft(ctx, { draftId: id, screenHash, verdict: "approve", ...input });
}
const named = async (ctx: Context<PersonActor>) =>
  (await listInbox(ctx, { queue: "named", limit: 200 })).items.map(({ id }) => id);
const noticesOn = async (draftId: string) => {
  const rows = await database.db.rows<{ told: string }>(
    sql`SELECT person_id || ' ' || kind AS told FROM notice WHERE draft_id = ${draftId} ORDER BY told`,
  );
  return rows.map(({ told }) => told);
};

describe("a named draft", () => {
  it("waits for the people of its amount band, who are told, and for nobody else", async () => {
    await setRule("finance_oncall", [
      { up_to: 1000, mode: "all", ask: [person(ann)] },
      { up_to: null, mode: "first", ask: [person(ben), person(cat)] },
    ]);
    const small = await submit(900);
    const large = await submit(5000);
    expect(await noticesOn(small.id)).toEqual(["per_ann assigned"]);
    expect(await noticesOn(large.id)).toEqual(["per_ben assigned"]);
    expect(await named(ann)).toEqual([small.id]);
    expect(await named(ben)).toEqual([large.id]);
    expect(await named(cat)).toEqual([]);
    const { why } = await getReview(cat, large.id);
    expect(why).toMatchObject({ eligible: false, tooFew: false, others: [{ name: "ben" }] });
    expect(why.sentence).toBe("This waits for finance_oncall, which asks ben now, not you.");
    await expect(decide(cat, large.id)).rejects.toMatchObject({ code: "not_eligible" });
    await decide(ben, large.id);
    await decide(ann, small.id);
  });

  it("goes on to another band's people when an edit carries it there", async () => {
    await setRule("finance_oncall", [
      { up_to: 1000, mode: "all", ask: [person(ann)] },
      { up_to: null, mode: "all", ask: [person(ben)] },
    ]);
    const { id, payload } = await submit(900);
    const result = await decide(ann, id, {
      verdict: "edit_and_approve",
      payload: { ...payload, amount: 2000 },
      reason: "The whole order.",
    });
    expect(result).toMatchObject({ status: "pending", movedTo: { approverRule: "finance_oncall" } });
    expect(await named(ben)).toEqual([id]);
    expect(await decide(ben, id)).toMatchObject({ status: "approved" });
  });

  it("is nobody's from the moment that a role is taken away", async () => {
    await askOnly(ann, ben);
    const { id } = await submit(900);
    expect(await named(ann)).toEqual([id]);
    await database.db.run(sql`DELETE FROM person_role WHERE person_id = 'per_ann' AND role = 'approver'`);
    await expect(decide(ann, id)).rejects.toMatchObject({ code: "not_eligible" });
    expect(await named({ ...ann, actor: { ...ann.actor, roles: ["approver"] } })).toEqual([]);
    await database.db.run(sql`INSERT INTO person_role (person_id, role) VALUES ('per_ann', 'approver')`);
    await decide(ann, id);
  });

  it("that nobody may decide goes up the chain at once; with nobody there either, the admins are told", async () => {
    await setRule("finance_oncall", [{ up_to: null, mode: "all", ask: [{ kind: "group", id: "grp_gone" }] }]);
    const { id } = await submit(900);
    expect(await noticesOn(id)).toEqual(["per_lea escalated"]);
    expect(await named(lea)).toEqual([id]);
    await decide(lea, id);

    await setRule("finance_lead", [{ up_to: null, mode: "all", ask: [person(admin)] }]);
    const lost = await submit(900);
    expect(await noticesOn(lost.id)).toEqual(["per_ada nobody"]);
    expect((await getReview(ann, lost.id)).why).toMatchObject({ eligible: false, tooFew: true });
    await setRule("finance_lead", [{ up_to: null, mode: "all", ask: [person(lea)] }]);
    expect(await escalateUnattended(worker)).toBe(1);
    expect(await named(lea)).toEqual([lost.id]);
    expect(await escalateUnattended(worker)).toBe(0);
    await decide(lea, lost.id);
  });
});

describe("a delegate", () => {
  afterEach(() => database.db.run(sql`DELETE FROM absence`));
  const away = (one: Context<PersonActor>, delegate: Context<PersonActor> | null) =>
    database.db.run(sql`
      INSERT INTO absence (id, person_id, delegate_id, starts_at, ends_at)
      VALUES (${`abs_${++serial}`}, ${one.actor.personId}, ${delegate?.actor.personId ?? null},
              now() - interval '1 hour', now() + interval '1 hour')`);

  it("decides in the place of somebody away, which stands in the trail", async () => {
    await askOnly(ann);
    await away(ann, ben);
    const { id } = await submit(900);
    expect(await named(ben)).toEqual([id]);
    const { why } = await getReview(ben, id);
    expect(why.sentence).toBe("It waits for finance_oncall, and you stand in for ann, who is named by it.");
    await expect(decide(ann, id)).rejects.toMatchObject({ code: "not_eligible" });
    await decide(ben, id);
    const row = await database.db.row(sql`
      SELECT decision.on_behalf_of_id, event->>'on_behalf_of' AS recorded
      FROM decision JOIN audit_event USING (draft_id) WHERE draft_id = ${id} AND verb = 'draft.approved'`);
    expect(row).toEqual({ on_behalf_of_id: "per_ann", recorded: "per_ann" });
  });

  it("and whom they stood in for are one person to a quorum", async () => {
    await askOnly(ann, cat);
    await away(ann, ben);
    const { id } = await submit(900);
    await database.db.run(sql`UPDATE draft SET approvals_required = 2 WHERE id = ${id}`);
    expect(await decide(ben, id)).toMatchObject({ status: "pending", approvalsMissing: 1 });
    await database.db.run(sql`DELETE FROM absence`);
    expect(await decide(ann, id)).toMatchObject({ status: "pending", approvalsMissing: 1 });
    expect(await decide(cat, id)).toMatchObject({ status: "approved" });
  });
});

describe("facts that changed since submission", () => {
  it("are shown, and what has become forbidden cannot be approved", async () => {
    const { id, customer } = await submit(300);
    await pushFacts(crm, { type: "customer", id: customer }, { facts: { chargeback_open: true } });
    expect((await getReview(ann, id)).factChanges).toMatchObject([
      { fact: "chargeback_open", before: false, now: true, source: "crm" },
    ]);
    await expect(decide(ann, id)).rejects.toMatchObject({ code: "hard_blocked" });
    expect(await decide(ann, id, { verdict: "reject", reason: "Charged back." })).toMatchObject({
      status: "rejected",
    });
  });
});

describe("a hold", () => {
  const hold = (target: Parameters<typeof placeHold>[1]["target"], endsAt?: string) =>
    placeHold(admin, { target, reason: "Odd refunds since noon", ...(endsAt ? { endsAt } : {}) });
  afterEach(async () => {
    const { inForce } = await listHolds(admin);
    for (const { id } of inForce) await releaseHold(admin, { id });
  });

  it("sends the next automatic draft to review, with its reason, until it is released", async () => {
    expect(await submit(20)).toMatchObject({ status: "approved" });
    const { id } = await hold({ kind: "action_type", actionType: "refund", rule: "low #1" });
    const held = await submit(20);
    expect(held).toMatchObject({ status: "pending", tier: "low", route: "batch_review" });
    expect(held.reasons).toContain("held back to review: Odd refunds since noon");
    expect((await listHolds(admin)).inForce).toMatchObject([{ what: "Refund, rule “low #1”", waiting: 1 }]);
    const ordinary = await submit(80);
    const { items } = await listInbox(ann, { queue: "batch", limit: 200 });
    const heldOf = (id: string) => items.find((item) => item.id === id)?.held;
    expect([heldOf(held.id), heldOf(ordinary.id)]).toEqual([true, false]);
    await releaseHold(admin, { id });
    expect(await submit(20)).toMatchObject({ status: "approved" });
    expect(await decide(ann, held.id)).toMatchObject({ status: "approved" });
  });

  it("on a rule that a changed policy no longer has goes on holding everything of its action type", async () => {
    await hold({ kind: "action_type", actionType: "refund", rule: "low #1" });
    await database.db.run(sql`UPDATE hold SET rule = 'small refunds' WHERE released_at IS NULL`);
    expect(await submit(20)).toMatchObject({ status: "pending", route: "batch_review" });
  });

  it("puts before people what was approved by itself and has not been dispatched", async () => {
    const waiting = await submit(20);
    const claimed = await submit(20);
    await claimExecution(agent, claimed.id);
    await hold({ kind: "agent", agentId: "agt_shop" });
    expect(await holdBackWaiting(worker)).toBeGreaterThan(0);
    const statuses = await database.db.rows(sql`
      SELECT status, route FROM draft WHERE id IN (${waiting.id}, ${claimed.id}) ORDER BY status`);
    expect(statuses).toEqual([
      { status: "executing", route: "auto_execute" },
      { status: "pending", route: "batch_review" },
    ]);
    expect(await decide(ann, waiting.id)).toMatchObject({ status: "approved" });
    expect(await claimExecution(agent, waiting.id)).toMatchObject({ draft_id: waiting.id });
  });

  it("is met at the claim, when nothing else came first", async () => {
    const { id } = await submit(20);
    await hold({ kind: "action_type", actionType: "refund" });
    await expect(claimExecution(agent, id)).rejects.toMatchObject({ code: "not_claimable" });
    expect(await database.db.row(sql`SELECT status FROM draft WHERE id = ${id}`)).toEqual({
      status: "pending",
    });
  });

  it("needs the right, a reason, a target that is there, and an end to come; the same one stands once", async () => {
    const target = { kind: "action_type" as const, actionType: "refund" };
    await expect(placeHold(ann, { target, reason: "because" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(placeHold(admin, { target, reason: " " })).rejects.toMatchObject({
      code: "invalid_request",
    });
    await expect(hold({ ...target, actionType: "nothing" })).rejects.toMatchObject({
      code: "invalid_request",
    });
    await expect(hold({ ...target, rule: "nothing" })).rejects.toMatchObject({ code: "invalid_request" });
    await expect(hold({ kind: "agent", agentId: "nobody" })).rejects.toMatchObject({
      code: "invalid_request",
    });
    await expect(hold(target, "2020-01-01T00:00:00Z")).rejects.toMatchObject({ code: "invalid_request" });
    const both = await Promise.allSettled([hold(target), hold(target)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});
