import { ulid } from "ulid";
import { authenticateKey } from "@/lib/auth/authenticate-key";
import type { Context, KeyActor, PersonActor } from "@/lib/context";
import type { Database } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { decideDraft } from "@/lib/drafts/decide-draft";
import { getReview } from "@/lib/drafts/get-review";
import { submitDraft } from "@/lib/drafts/submit-draft";
import { pushFacts } from "@/lib/facts/push-facts";
import { createKey } from "@/lib/keys/create-key";
import { loadPolicies } from "@/lib/policy-files/load-policies";
import { type TourDraft, tourDrafts } from "./tour-drafts";

/** Who decided what is decided, unless a draft names somebody else. */
export const VISITOR = "Mei Tanaka";

const BATCH_ID = ulid();

/**
 * Submits the tour's drafts, or those given, as if their time had been then, and decides those that are decided. Resolves
 * to the ids by summary.
 */
export async function setTheStage(
  db: Database,
  drafts: readonly TourDraft[] = tourDrafts,
): Promise<Map<string, string>> {
  const policies = loadPolicies("policies");
  const actors = new Map<string, KeyActor>();
  const actorOf = async (name: string, scopes?: string): Promise<KeyActor> => {
    const known = actors.get(name);
    if (known) return known;
    const system = { db, actor: { kind: "system", name: "cli" }, now: () => new Date() } as const;
    const holder = { kind: scopes ? "integration" : "agent", name } as const;
    const { key } = await createKey(system, { holder, scopes });
    const actor = await authenticateKey(db, `Bearer ${key}`, null);
    actors.set(name, actor);
    return actor;
  };
  const ids = new Map<string, string>();
  for (const [index, draft] of [...drafts].sort((a, b) => b.minutesAgo - a.minutesAgo).entries()) {
    const at = (minutesLater: number): Pick<Context, "db" | "policies" | "now"> => {
      const then = new Date(Date.now() - (draft.minutesAgo - minutesLater) * 60_000);
      return { db, policies, now: () => then };
    };
    const records = {
      ...at(0),
      actor: await actorOf(draft.agent === "Ops assistant" ? "Catalogue" : "Shop", "facts:write"),
    };
    for (const { type, id, facts } of draft.facts) await pushFacts(records, { type, id }, { facts });
    const agent = { ...at(0), actor: await actorOf(draft.agent) };
    const { id, status } = await submitDraft(agent, draft.submission, { idempotencyKey: null });
    ids.set(draft.submission.summary, id);
    // What ran by itself has been decided by policy.
    if (draft.decided && status === "pending") {
      const after = draft.decided.afterMinutes ?? 6 + (index % 5);
      await decide({ ...at(after), actor: await personOf(db, draft) }, id, draft, index);
    }
  }
  return ids;
}

async function decide(ctx: Context<PersonActor>, draftId: string, draft: TourDraft, index: number) {
  const { verdict, reason, edit, together } = draft.decided!;
  const { screenHash, precedents } = await getReview(ctx, draftId);
  await decideDraft(ctx, {
    draftId,
    screenHash,
    verdict,
    reason,
    payload: edit && { ...draft.submission.payload, ...edit },
    batchId: together ? BATCH_ID : undefined,
    precedentIds: precedents.map(({ exampleId }) => exampleId),
    secondsOnScreen: 9 + ((index * 7) % 31),
  });
}

async function personOf(db: Database, { decided }: TourDraft): Promise<PersonActor> {
  const name = decided?.by ?? VISITOR;
  const person = await db.row<{ id: string }>(sql`SELECT id FROM person WHERE name = ${name}`);
  if (!person) throw new Error(`The demo organisation has no ${name}.`);
  return {
    kind: "person",
    personId: person.id,
    name,
    roles: ["approver"],
    identity: { issuer: "demo", subject: person.id },
    authentication: { method: "demo", at: new Date().toISOString(), sessionId: "ses_tour" },
    channel: "web",
    ip: null,
  };
}
