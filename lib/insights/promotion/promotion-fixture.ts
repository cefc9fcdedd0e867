import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { createTestDatabase, type TestDatabase } from "@/lib/db/test-database";
import { createTestWorld } from "@/lib/db/test-world";
import { decideDraft } from "@/lib/drafts/decide-draft";
import { getReview } from "@/lib/drafts/get-review";
import { submitDraft } from "@/lib/drafts/submit-draft";
import { type LoadedPolicies, loadPolicies } from "@/lib/policy-files/load-policies";

/** An organisation with policies of its own on disk, for tests of promotions; clock and POLICIES_DIR are the test's. */
export interface PromotionFixture {
  database: TestDatabase;
  /** The folder that POLICIES_DIR names. */
  dir: string;
  policies: LoadedPolicies;
  agent: Context<KeyActor>;
  approver: Context<PersonActor>;
  /** Two managers, of whom one proposes and the other accepts. */
  max: Context<PersonActor>;
  mia: Context<PersonActor>;
  submit(amount: number, ctx?: Context<KeyActor>): ReturnType<typeof submitDraft>;
  /** Submits refunds and decides each as a person does who approves up to `limit`. */
  decideBy(limit: number, amounts: readonly number[]): Promise<void>;
  remove(): Promise<void>;
}

export async function createPromotionFixture(now: () => Date): Promise<PromotionFixture> {
  const dir = join(mkdtempSync(join(tmpdir(), "countersign-promotion-")), "policies");
  cpSync("policies", dir, { recursive: true });
  const former = process.env.POLICIES_DIR;
  process.env.POLICIES_DIR = dir;
  const database = await createTestDatabase();
  const world = await createTestWorld(database.db, now);
  const policies = loadPolicies(dir);
  const admin = await world.person("ada", { roles: ["admin"] });
  const approver = { ...(await world.person("ann")), policies };
  const max = { ...(await world.person("max", { roles: ["manager"] })), policies };
  const mia = { ...(await world.person("mia", { roles: ["manager"] })), policies };
  const agent = { ...(await world.agent("shop", admin.actor.personId)).ctx, policies };
  const { actor } = (await world.integration("crm", admin.actor.personId)).ctx;
  await database.db.run(sql`
    INSERT INTO fact (subject_type, subject_id, name, value, api_key_id, source, observed_at)
    SELECT 'customer', 'cus_1', name, value::jsonb, ${actor.keyId}, 'crm', now()
    FROM (VALUES ('customer_months', '7'), ('chargeback_open', 'false'), ('account_flagged_fraud', 'false')) AS told(name, value)`);
  const submit = (amount: number, ctx = agent) =>
    submitDraft(
      ctx,
      {
        action_type: "refund",
        payload: { amount, currency: "USD", reason: "It arrived broken." },
        summary: `Refund ${amount}`,
        evidence: [{ kind: "message", title: "Somebody", content: "Please." }],
        subject: { type: "customer", id: "cus_1" },
      },
      { idempotencyKey: null },
    );
  return {
    database,
    dir,
    policies,
    agent,
    approver,
    max,
    mia,
    submit,
    async decideBy(limit, amounts) {
      for (const amount of amounts) {
        const { id } = await submit(amount);
        const { screenHash } = await getReview(approver, id);
        const verdict = amount <= limit ? "approve" : "reject";
        await decideDraft(approver, {
          draftId: id,
          screenHash,
          verdict,
          reason: "As I see it",
          secondsOnScreen: 12,
        });
      }
    },
    async remove() {
      await database.drop();
      rmSync(join(dir, ".."), { recursive: true, force: true });
      if (former === undefined) delete process.env.POLICIES_DIR;
      else process.env.POLICIES_DIR = former;
    },
  };
}
