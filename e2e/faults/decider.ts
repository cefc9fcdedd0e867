import type { Context, PersonActor } from "@/lib/context";
import { openDatabase } from "@/lib/db/database";
import { decideDraft } from "@/lib/drafts/decide-draft";
import { getReview } from "@/lib/drafts/get-review";
import { listInbox } from "@/lib/drafts/list-inbox";
import { CountersignError } from "@/lib/errors";
import { loadPolicies } from "@/lib/policy-files/load-policies";

/** A person clearing both queues as fast as they come, until killed. Prints each decision once it was acknowledged. */
const [url = "", personId = ""] = process.argv.slice(2);
const db = openDatabase(url, 4);
const policies = loadPolicies("policies");
const actor: PersonActor = {
  kind: "person",
  personId,
  name: personId,
  roles: ["approver"],
  identity: { issuer: "demo", subject: personId },
  authentication: { method: "demo", at: new Date().toISOString(), sessionId: "ses_decider" },
  channel: "web",
  ip: null,
};
const ctx: Context = { actor, db, policies, now: () => new Date() };
process.on("disconnect", () => process.exit(0));

for (;;) {
  try {
    const { items } = await listInbox(ctx, { queue: "batch", limit: 20 });
    for (const { id } of items) await decide(id);
  } catch {
    // The database is being killed on purpose: it comes back.
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
}

async function decide(draftId: string): Promise<void> {
  const { screenHash } = await getReview(ctx, draftId);
  const reject = draftId.charCodeAt(draftId.length - 1) % 4 === 0;
  try {
    const verdict = reject
      ? { verdict: "reject" as const, reason: "one in four" }
      : { verdict: "approve" as const };
    await decideDraft(ctx, { draftId, screenHash, ...verdict });
    process.stdout.write(`${draftId} ${verdict.verdict}\n`);
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
  }
}
