import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { decideDraft } from "@/lib/drafts/decide-draft";
import { getReview } from "@/lib/drafts/get-review";
import { startTestApi, type TestApi } from "./test-api";

let api: TestApi;
let ann: Context<PersonActor>;
beforeAll(async () => {
  api = await startTestApi(
    {
      voucher: {
        "policy.json": {
          action_type: "voucher",
          tiers: [
            { tier: "low", when: { subject_amount_24h_lte: 100 }, route: "auto_execute" },
            { tier: "medium", route: "batch_review" },
          ],
        },
        "schema.json": {
          type: "object",
          additionalProperties: false,
          properties: { amount: { type: "number" } },
        },
      },
    },
    { RATE_LIMIT_PER_SECOND: "100000" },
  );
  ann = await api.world.person("ann");
  ann.policies = api.world.policies;
});
afterAll(() => api?.stop());

const email = (more: object = {}) => ({
  action_type: "send_email",
  payload: { to: ["ann@example.com"], subject: "Hello", body: "Hi." },
  summary: "Write to Ann",
  subject: { type: "customer", id: "cus_1" },
  ...more,
});
const voucher = (amount: number, id: string) => ({
  action_type: "voucher",
  payload: { amount },
  summary: `Voucher of ${amount}`,
  subject: { type: "customer", id },
});
const submit = async (json: object, key = api.shop.key) => {
  const answer = await api.call("POST", "/drafts", { key, json });
  expect([answer.status, answer.body.detail]).toEqual([201, undefined]);
  return answer.body;
};
const get = (path: string, key = api.shop.key, signal?: AbortSignal) =>
  api.call("GET", path, { key, ...(signal ? { signal } : {}) });
const post = (path: string, json?: object, headers: Record<string, string> = {}) =>
  api.call("POST", path, { key: api.shop.key, headers, ...(json ? { json } : {}) });
const pending = () => submit(voucher(101, `cus_${Math.random()}`));
async function decide(id: string, input: object) {
  const { screenHash } = await getReview(ann, id);
  return decideDraft(ann, { draftId: id, screenHash, verdict: "approve", ...input });
}

describe("a draft", () => {
  it("is its agent's own: to another it does not exist, whatever the call", async () => {
    const { id } = await pending();
    for (const [method, path] of [
      ["GET", `/drafts/${id}`],
      ["GET", `/drafts/${id}?wait=60`],
      ["POST", `/drafts/${id}/withdraw`],
      ["POST", `/drafts/${id}/claim`],
      ["POST", `/drafts/${id}/revise`],
      ["POST", `/drafts/${id}/execution`],
    ] as const) {
      const report = { grant: "g", outcome: "failed" };
      const json = path.endsWith("execution") ? report : email();
      const answer = await api.call(method, path, {
        key: api.rival.key,
        ...(method === "POST" ? { json } : {}),
      });
      expect(answer).toMatchObject({ status: 404, body: { code: "not_found" } });
    }
    const { body } = await get("/drafts?limit=200", api.rival.key);
    expect(body.drafts).toEqual([]);
    expect((await get(`/drafts/${id}`)).body.status).toBe("pending");
  });

  it("shows the decision with its reason, and nothing of who made it", async () => {
    const { id } = await pending();
    await decide(id, { verdict: "reject", reason: "Not this month." });
    const { body } = await get(`/drafts/${id}`);
    expect(body).toMatchObject({
      status: "rejected",
      decided_payload: null,
      decisions: [{ verdict: "reject", reason: "Not this month." }],
    });
    expect(JSON.stringify(body)).not.toMatch(/ann|per_/);
  });
});

// A wait of 60 seconds that does not end early outlasts the 50 seconds of its test.
describe("waiting for a draft", () => {
  it("ends early when somebody decides", { timeout: 50_000 }, async () => {
    const { id } = await pending();
    const waiting = get(`/drafts/${id}?wait=60`);
    await new Promise((done) => setTimeout(done, 600));
    await decide(id, { verdict: "reject", reason: "no" });
    expect((await waiting).body.status).toBe("rejected");
  });

  it("ends at its time when nothing happens, with the draft as it is", async () => {
    const { id } = await pending();
    const started = performance.now();
    const { body } = await get(`/drafts/${id}?wait=1`);
    expect(body.status).toBe("pending");
    expect(performance.now() - started).toBeGreaterThan(900);
  });

  it("answers at once when nothing can happen any more", { timeout: 50_000 }, async () => {
    const { id } = await pending();
    await post(`/drafts/${id}/withdraw`);
    expect((await get(`/drafts/${id}?wait=60`)).body.status).toBe("withdrawn");
  });

  it("is given up when the caller hangs up, and the next one is served", async () => {
    const { id } = await pending();
    const hangUp = new AbortController();
    const waiting = get(`/drafts/${id}?wait=60`, api.shop.key, hangUp.signal);
    await new Promise((done) => setTimeout(done, 300));
    hangUp.abort();
    await expect(waiting).rejects.toThrow();
    expect((await get(`/drafts/${id}?wait=1`)).body.status).toBe("pending");
  });

  it("serves a hundred callers at once", { timeout: 50_000 }, async () => {
    const { id } = await pending();
    const waiting = Array.from({ length: 100 }, () => get(`/drafts/${id}?wait=60`));
    await new Promise((done) => setTimeout(done, 500));
    await post(`/drafts/${id}/withdraw`);
    for (const { body } of await Promise.all(waiting)) expect(body.status).toBe("withdrawn");
  });
});

describe("the list", () => {
  it("pages through everything once, also where many drafts have the same time", async () => {
    const owner = api.owner.actor.personId;
    const { key, ctx } = await api.world.agent("busy", owner);
    const ids: string[] = [];
    for (let index = 0; index < 23; index++) ids.push((await submit(email(), key)).id);
    await api.database.db.run(
      sql`UPDATE draft SET created_at = date_trunc('hour', created_at) WHERE agent_id = ${ctx.actor.agentId}`,
    );
    const seen: string[] = [];
    let query = "limit=4";
    for (;;) {
      const { body } = await get(`/drafts?${query}`, key);
      seen.push(...body.drafts.map((draft: { id: string }) => draft.id));
      if (body.next_cursor === null) break;
      query = `limit=4&cursor=${body.next_cursor}`;
    }
    expect(seen).toEqual([...ids].sort().reverse());
  });

  it("filters by status and action type, and a cursor of somebody else's shows only one's own", async () => {
    const first = await pending();
    const other = await submit(email(), api.rival.key);
    const { body } = await get("/drafts?status=pending&action_type=voucher");
    expect(body.drafts.map(({ id }: { id: string }) => id)).toContain(first.id);
    for (const draft of body.drafts)
      expect(draft).toMatchObject({ status: "pending", action_type: "voucher" });
    await submit(email(), api.rival.key);
    const theirs = (await get("/drafts?limit=1", api.rival.key)).body.next_cursor;
    const ours = (await get(`/drafts?limit=200&cursor=${theirs}`)).body.drafts;
    expect(ours.map(({ id }: { id: string }) => id)).not.toContain(other.id);
  });
});

describe("withdrawing", () => {
  it("is done once, and doing it again answers the same", async () => {
    const { id } = await pending();
    for (let again = 0; again < 3; again++) {
      expect(await post(`/drafts/${id}/withdraw`)).toMatchObject({
        status: 200,
        body: { id, status: "withdrawn" },
      });
    }
    const events = await api.database.db.rows(
      sql`SELECT FROM audit_event WHERE draft_id = ${id} AND verb = 'draft.withdrawn'`,
    );
    expect(events).toHaveLength(1);
    await expect(decide(id, {})).rejects.toMatchObject({ code: "not_pending" });
  });

  it("comes too late after a decision, and says what the draft is now", async () => {
    for (const [input, status] of [
      [{}, "approved"],
      [{ verdict: "reject", reason: "no" }, "rejected"],
      [{ verdict: "request_changes", reason: "less" }, "changes_requested"],
    ] as const) {
      const { id } = await pending();
      await decide(id, input);
      const answer = await post(`/drafts/${id}/withdraw`);
      expect(answer).toMatchObject({ status: 409, body: { code: "not_pending" } });
      expect(answer.body.detail).toContain(status);
    }
  });

  it("and deciding at the same moment: exactly one of them wins, and the trail says which", async () => {
    for (let round = 0; round < 20; round++) {
      const { id } = await pending();
      const { screenHash } = await getReview(ann, id);
      const [decided, withdrawn] = await Promise.allSettled([
        decideDraft(ann, { draftId: id, screenHash, verdict: "approve" }),
        post(`/drafts/${id}/withdraw`),
      ]);
      const { status } = (await get(`/drafts/${id}`)).body;
      const answer = withdrawn.status === "fulfilled" ? withdrawn.value.status : null;
      if (decided.status === "fulfilled") expect([status, answer]).toEqual(["approved", 409]);
      else {
        expect(decided.reason).toMatchObject({ code: "not_pending" });
        expect([status, answer]).toEqual(["withdrawn", 200]);
      }
      const verbs = await api.database.db.rows<{ verb: string }>(
        sql`SELECT verb FROM audit_event WHERE draft_id = ${id} ORDER BY id`,
      );
      expect(verbs.map(({ verb }) => verb)).toEqual(["draft.submitted", `draft.${status}`]);
    }
  });
});

describe("revising", () => {
  it("needs changes to be asked for, and keeps action type and subject", async () => {
    const { id } = await submit(voucher(150, "cus_rev1"));
    const better = voucher(140, "cus_rev1");
    expect(await post(`/drafts/${id}/revise`, better)).toMatchObject({
      status: 409,
      body: { code: "not_pending" },
    });
    await expect(decide(id, { fields: ["/amount"] })).rejects.toMatchObject({ code: "invalid_request" });
    const request = { verdict: "request_changes", reason: "Less, please." };
    await expect(decide(id, { ...request, fields: ["amount"] })).rejects.toMatchObject({
      code: "invalid_request",
    });
    await decide(id, { ...request, fields: ["/amount"] });
    expect((await get(`/drafts/${id}`)).body.decisions).toMatchObject([
      { verdict: "request_changes", reason: "Less, please.", fields: ["/amount"] },
    ]);
    for (const other of [voucher(140, "cus_other"), email({ subject: better.subject })]) {
      expect(await post(`/drafts/${id}/revise`, other)).toMatchObject({
        status: 409,
        body: { code: "conflict" },
      });
    }
    const revised = await post(`/drafts/${id}/revise`, better);
    expect(revised).toMatchObject({ status: 201, body: { status: "pending" } });
    expect((await get(`/drafts/${revised.body.id}`)).body.revises).toBe(id);
    expect((await get(`/drafts/${id}`)).body.status).toBe("changes_requested");
    const told = await api.database.db.rows<{ text: string }>(
      sql`SELECT text FROM notice WHERE draft_id = ${revised.body.id}`,
    );
    expect(told).toEqual([{ text: "The agent has revised what you sent back. It waits for you." }]);
    expect(await post("/drafts/drf_none/revise", better)).toMatchObject({ status: 404 });
  });

  it("happens once: of ten at once one is taken, and its key gets the same answer again", async () => {
    const { id } = await submit(voucher(150, "cus_rev2"));
    await decide(id, { verdict: "request_changes", reason: "less" });
    const revise = (key: string) =>
      post(`/drafts/${id}/revise`, voucher(140, "cus_rev2"), { "idempotency-key": key });
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => revise(`revision ${index}`)));
    const taken = answers.findIndex(({ status }) => status === 201);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
    expect((await revise(`revision ${taken}`)).body).toEqual(answers[taken]!.body);
    const without = await post(`/drafts/${id}/revise`, voucher(140, "cus_rev2"));
    expect(without).toMatchObject({ status: 409, body: { code: "conflict" } });
    expect(without.body.detail).toContain(answers[taken]!.body.id);
  });

  it("counts once towards what a customer got: the revision instead of what it revises", async () => {
    const { id } = await submit(voucher(150, "cus_rev3"));
    await decide(id, { verdict: "request_changes", reason: "less" });
    const revised = await post(`/drafts/${id}/revise`, voucher(60, "cus_rev3"));
    expect(revised.body).toMatchObject({ route: "auto_execute" });
    expect(await submit(voucher(40, "cus_rev3"))).toMatchObject({ route: "auto_execute" });
    expect(await submit(voucher(1, "cus_rev3"))).toMatchObject({ route: "batch_review" });
  });
});

it("an edit of the amount is classified by what the customer would get in all, itself counted once", async () => {
  const { id } = await submit(voucher(120, "cus_edit"));
  await decide(id, { verdict: "edit_and_approve", payload: { amount: 90 } });
  const row = await api.database.db.row<{ tier: string }>(
    sql`SELECT tier FROM classification WHERE draft_id = ${id} AND cause = 'edited'`,
  );
  expect(row).toEqual({ tier: "low" });
});

describe("a draft whose time is over", () => {
  const expired = { code: "not_pending", message: expect.stringContaining("expired") };

  it("cannot be decided past the agent's deadline, although no timer has fired", async () => {
    const { id } = await submit({
      ...voucher(150, "cus_late"),
      deadline: new Date(Date.now() + 60_000).toISOString(),
    });
    const late = { ...ann, now: () => new Date(Date.now() + 61_000) };
    const { screenHash, why } = await getReview(late, id);
    expect(why.eligible).toBe(false);
    for (const verdict of ["approve", "reject"] as const) {
      await expect(
        decideDraft(late, { draftId: id, screenHash, verdict, reason: "late" }),
      ).rejects.toMatchObject(expired);
    }
    await expect(decideDraft(ann, { draftId: id, screenHash, verdict: "approve" })).resolves.toMatchObject({
      status: "approved",
    });
  });

  it("cannot be decided past due where nobody is left to escalate to", async () => {
    const { id, due_at } = await submit(voucher(150, "cus_due"));
    const { screenHash } = await getReview(ann, id);
    const late = { ...ann, now: () => new Date(due_at) };
    await expect(decideDraft(late, { draftId: id, screenHash, verdict: "approve" })).rejects.toMatchObject(
      expired,
    );
    expect((await get(`/drafts/${id}`)).body.decided_payload).toBeNull();
  });
});
