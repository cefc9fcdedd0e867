import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { pushFacts } from "@/lib/facts/push-facts";
import { decideDraft } from "./decide-draft";
import { getReview } from "./get-review";
import { previewEdit } from "./preview-edit";
import { submitDraft } from "./submit-draft";

let database: TestDatabase;
let agent: Context<KeyActor>;
let integration: Context<KeyActor>;
let ann: Context<PersonActor>;
let manager: Context<PersonActor>;
let owner: Context<PersonActor>;

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db);
  ann = await world.person("ann");
  await world.person("finn", { rules: ["finance_oncall"] });
  await world.person("lea", { rules: ["finance_lead"] });
  manager = await world.person("mona", { roles: ["manager"] });
  owner = await world.person("owner", { roles: ["approver", "admin"] });
  agent = (await world.agent("shop", owner.actor.personId)).ctx;
  integration = (await world.integration("crm", owner.actor.personId)).ctx;
  await push({ customer_months: 12, chargeback_open: false, account_flagged_fraud: false });
});
afterAll(() => database?.drop());

const push = (facts: Record<string, unknown>) =>
  pushFacts(integration, { type: "customer", id: "cus_1" }, { facts });
const payloadOf = (amount: number) => ({ amount, currency: "USD", reason: "damaged" });
async function submit(amount: number): Promise<string> {
  const submission = {
    action_type: "refund",
    payload: payloadOf(amount),
    summary: "Refund",
    evidence: [],
    subject: { type: "customer", id: "cus_1" },
  };
  return (await submitDraft(agent, submission, { idempotencyKey: null })).id;
}

describe("what an edit would lead to", () => {
  it("stays with the approver while the rule is the same, and is then carried out", async () => {
    const id = await submit(300);
    expect(await previewEdit(ann, { draftId: id, payload: payloadOf(250) })).toMatchObject({
      valid: true,
      tier: "medium",
      tierBefore: "medium",
      movesOn: false,
      blockedBy: [],
      approvalsMissing: 0,
      toWhom: [],
    });
  });

  it("goes on to the named approver, by name, when the tier rises, just as deciding then does", async () => {
    const id = await submit(300);
    const preview = await previewEdit(ann, { draftId: id, payload: payloadOf(900) });
    expect(preview).toMatchObject({
      valid: true,
      tier: "high",
      tierBefore: "medium",
      route: "named_approver",
      movesOn: true,
      approverRule: "finance_oncall",
      toWhom: ["finn"],
      toWhomInAll: 1,
      approvalsMissing: 1,
    });
    const { screenHash } = await getReview(ann, id);
    const decided = await decideDraft(ann, {
      draftId: id,
      verdict: "edit_and_approve",
      payload: payloadOf(900),
      screenHash,
    });
    expect(decided).toMatchObject({
      tier: "high",
      movedTo: { approverRule: "finance_oncall" },
      approvalsMissing: 1,
    });
  });

  it("names each field that the schema refuses", async () => {
    const id = await submit(300);
    const preview = await previewEdit(ann, {
      draftId: id,
      payload: { amount: -1, currency: "EUR", reason: "damaged", extra: 1 },
    });
    expect(preview.valid).toBe(false);
    expect(!preview.valid && preview.errors.map(({ path }) => path).sort()).toEqual([
      "/amount",
      "/currency",
      "/extra",
    ]);
  });

  it("says that policy forbids it, by the facts of now", async () => {
    const id = await submit(300);
    await push({ chargeback_open: true });
    const preview = await previewEdit(ann, { draftId: id, payload: payloadOf(200) });
    await push({ chargeback_open: false });
    expect(preview).toMatchObject({ valid: true, blockedBy: ["chargeback_open"] });
  });

  it("writes nothing", async () => {
    const id = await submit(300);
    const state = () =>
      database.db.row(sql`
        SELECT (SELECT count(*)::int FROM audit_event) AS events, (SELECT count(*)::int FROM classification) AS judged,
               (SELECT row_to_json(draft)::text FROM draft WHERE id = ${id}) AS draft`);
    const before = await state();
    await previewEdit(ann, { draftId: id, payload: payloadOf(900) });
    expect(await state()).toEqual(before);
  });

  it("is for those who may decide the draft now, and only while it waits", async () => {
    const id = await submit(300);
    const input = { draftId: id, payload: payloadOf(200) };
    await expect(previewEdit(manager, input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(previewEdit(owner, input)).rejects.toMatchObject({ code: "not_eligible" });
    await expect(previewEdit(ann, { ...input, draftId: "drf_none" })).rejects.toMatchObject({
      code: "not_found",
    });
    const { screenHash } = await getReview(ann, id);
    await decideDraft(ann, { draftId: id, verdict: "reject", reason: "no", screenHash });
    await expect(previewEdit(ann, input)).rejects.toMatchObject({ code: "not_pending" });
  });
});
