import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { decideDraft } from "./decide-draft";
import { getReview } from "./get-review";
import { reviseDraft } from "./revise-draft";
import { submitDraft } from "./submit-draft";

let database: TestDatabase;
let agent: Context<KeyActor>;
let ann: Context<PersonActor>;

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await createTestWorld(database.db);
  ann = await world.person("ann");
  const owner = await world.person("owner", { roles: ["admin"] });
  agent = (await world.agent("shop", owner.actor.personId)).ctx;
});
afterAll(() => database?.drop());

const submission = (payload: Record<string, unknown>) => ({
  action_type: "refund",
  payload: { currency: "USD", ...payload },
  summary: "Refund",
  evidence: [],
  subject: { type: "customer", id: "cus_1" },
});

describe("the review of a revision", () => {
  it("says who asked for what, and what the agent changed, field by field", async () => {
    const first = submission({ amount: 300, reason: "damaged" });
    const { id } = await submitDraft(agent, first, { idempotencyKey: null });
    const { screenHash, revision } = await getReview(ann, id);
    expect(revision).toBeNull();
    const reason = "Only the lamp was broken.";
    await decideDraft(ann, {
      draftId: id,
      verdict: "request_changes",
      reason,
      fields: ["/amount"],
      screenHash,
    });

    const second = submission({ amount: 120, reason: "damaged", order_id: "ord_1" });
    const revised = await reviseDraft(agent, id, second, { idempotencyKey: null });
    expect((await getReview(ann, revised.id)).revision).toEqual({
      draftId: id,
      askedBy: "ann",
      askedAt: expect.stringMatching(/Z$/),
      comment: reason,
      fields: ["/amount"],
      differences: [
        { path: "/amount", from: 300, to: 120 },
        { path: "/order_id", from: undefined, to: "ord_1" },
      ],
    });
  });
});
