import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sql } from "@/lib/db/sql";
import { checkPolicies } from "@/lib/policy-files/check-policies";
import { loadCases } from "@/lib/policy-files/load-cases";
import { loadPolicies } from "@/lib/policy-files/load-policies";
import { recordPolicyVersions } from "@/lib/policy-files/policy-versions";
import { upperBound } from "../backtest/upper-bound";
import { decidePromotion } from "./decide-promotion";
import { getPromotion } from "./get-promotion";
import { listCandidates } from "./list-candidates";
import { listPromotions } from "./list-promotions";
import { planPromotion } from "./plan-promotion";
import { createPromotionFixture, type PromotionFixture } from "./promotion-fixture";
import { getPromotionPatch } from "./promotion-patch";
import { proposePromotion } from "./propose-promotion";
import { tellOfLeases } from "./tell-of-leases";

let clock = new Date();
let the: PromotionFixture;
const wish = { actionType: "refund", rule: "medium #2" };
const proposal = { ...wish, reason: "Nobody ever refused one of these" };

beforeAll(async () => {
  the = await createPromotionFixture(() => clock);
});
afterAll(() => the?.remove());

const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], {
    cwd: join(the.dir, ".."),
    encoding: "utf8",
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
  });
const decide = async (
  ctx: PromotionFixture["max"],
  id: string,
  verdict: "accept" | "decline",
  hash?: string,
) => {
  const contentHash = hash ?? (await getPromotion(the.max, id)).contentHash;
  return decidePromotion(ctx, { id, verdict, reason: "I looked at the list", contentHash });
};
const verbs = async () =>
  (
    await the.database.db.rows<{ verb: string }>(
      sql`SELECT verb FROM audit_event WHERE verb LIKE 'promotion.%' ORDER BY id`,
    )
  ).map(({ verb }) => verb);

/** 70 amounts from 51 to 120 and 30 above, with cents. */
const AMOUNTS = Array.from({ length: 100 }, (_, at) => 51 + at + (at % 4) / 4);
const LAST_APPROVED = 120.25;

describe("the promotion of a reviewed rule", () => {
  it("is not yet to be had while history is thin, and the wizard says how many more it takes", async () => {
    await the.decideBy(500, AMOUNTS.slice(0, 12));
    clock = new Date(Date.now() + 1000);
    const plan = await planPromotion(the.max, wish);
    expect(plan.proposal).toBeNull();
    expect(plan.plan).toMatchObject({ decided: 12, wrong: 0, missing: { needed: 59 - 12 } });
    await expect(proposePromotion(the.max, proposal)).rejects.toMatchObject({ code: "conflict" });
    const candidates = await listCandidates(the.max);
    expect(candidates.find(({ rule }) => rule.name === "medium #2")).toMatchObject({
      decided: 12,
      limit: null,
      needed: 47,
    });
  });

  it("is found at exactly the limit that people go by", async () => {
    await the.decideBy(LAST_APPROVED, AMOUNTS.slice(12));
    clock = new Date(Date.now() + 1000);
    const right = AMOUNTS.filter((amount) => amount <= LAST_APPROVED);
    const { proposal: found, plan } = await planPromotion(the.max, wish);
    expect(found?.limit).toEqual({ fact: "amount", direction: "lte", value: LAST_APPROVED, only: null });
    expect(found?.backtest.added).toMatchObject({
      decided: right.length,
      wrong: 0,
      bound: upperBound(0, right.length),
    });
    expect(found?.backtest.attention).toMatchObject({ measured: right.length, medianSeconds: 12 });
    expect(plan.wrong).toBe(AMOUNTS.length - right.length);
    const [first] = await listCandidates(the.max);
    expect(first).toMatchObject({ rule: { name: "medium #2" }, limit: { value: LAST_APPROVED } });
  });

  it("is proposed by those who may, for no looser limit, and once at a time", async () => {
    await expect(proposePromotion(the.approver, proposal)).rejects.toMatchObject({ code: "forbidden" });
    await expect(planPromotion(the.approver, wish)).rejects.toMatchObject({ code: "forbidden" });
    await expect(listPromotions(the.approver)).rejects.toMatchObject({ code: "forbidden" });
    await expect(proposePromotion(the.max, { ...proposal, value: 121 })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(proposePromotion(the.max, { ...proposal, value: 60 })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(proposePromotion(the.max, { ...proposal, rule: "low #1" })).rejects.toMatchObject({
      code: "not_found",
    });

    await expect(proposePromotion(the.max, { ...proposal, sampleReview: 0 })).rejects.toMatchObject({
      code: "invalid_request",
    });

    const { id } = await proposePromotion(the.max, proposal);
    await expect(proposePromotion(the.mia, proposal)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("waits for a second person"),
    });
    const told = await the.database.db.rows(
      sql`SELECT person_id, kind FROM notice WHERE dedupe_key = ${id} ORDER BY 1`,
    );
    expect(told).toEqual([
      { person_id: "per_ada", kind: "promotion" },
      { person_id: "per_mia", kind: "promotion" },
    ]);
    const view = await getPromotion(the.mia, id);
    expect(view).toMatchObject({
      state: "proposed",
      isOutdated: false,
      content: { addedCases: { length: 2 } },
    });
    expect(await decide(the.max, id, "decline")).toEqual({ status: "withdrawn" });
    await expect(getPromotionPatch(the.max, id)).rejects.toMatchObject({ code: "not_eligible" });
  });

  it("keeps what was proposed as it was, whoever tries to change it", async () => {
    const { id } = await proposePromotion(the.max, { ...proposal, value: 120 });
    for (const change of [sql`content = '{}'`, sql`content_hash = ''`, sql`lease_until = '2099-01-01'`]) {
      await expect(
        the.database.db.run(sql`UPDATE promotion SET ${change} WHERE id = ${id}`),
      ).rejects.toThrow();
    }
    await expect(
      the.database.db.run(sql`
        UPDATE promotion SET status = 'accepted', decided_by_id = proposed_by_id, decided_at = now(), decision_reason = 'x'
        WHERE id = ${id}`),
    ).rejects.toThrow(/promotion_two_people/);
    await decide(the.mia, id, "decline");
    expect((await getPromotion(the.max, id)).state).toBe("declined");
  });

  it("takes a second person, who accepts what they saw, and then it is a patch that git applies", async () => {
    const { id } = await proposePromotion(the.max, { ...proposal, leaseDays: 30 });
    await expect(decide(the.max, id, "accept")).rejects.toMatchObject({
      code: "not_eligible",
      message: expect.stringContaining("You proposed this"),
    });
    await expect(decide(the.approver, id, "accept", "0".repeat(64))).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(decide(the.mia, id, "accept", "0".repeat(64))).rejects.toMatchObject({
      code: "screen_moved",
    });
    const answers = await Promise.allSettled([decide(the.mia, id, "accept"), decide(the.mia, id, "accept")]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(answers.find((each) => each.status === "rejected")).toMatchObject({
      reason: { code: "conflict" },
    });
    expect(await verbs()).toEqual([
      ...["promotion.proposed", "promotion.declined", "promotion.proposed", "promotion.declined"],
      ...["promotion.proposed", "promotion.accepted"],
    ]);

    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "Policies");
    const { patch, name } = await getPromotionPatch(the.max, id);
    expect(name).toBe(`refund-${id}.patch`);
    const file = join(the.dir, "../.git/the.patch");
    writeFileSync(file, patch);
    git("am", "--quiet", file);
    const message = git("log", "-1", "--format=%an%n%s%n%b");
    expect(message).toMatch(/^max\nrefund: amount up to 120.25 runs by itself until \d{4}-\d\d-\d\d\n/);
    expect(message).toContain("is under 4.2% with 95% confidence");
    expect(message).toContain("> Nobody ever refused one of these");
    expect(message).toContain("Accepted by mia:\n> I looked at the list");

    const after = loadPolicies(the.dir);
    expect(
      checkPolicies(after, loadCases(the.dir), null).findings.filter(({ severity }) => severity === "error"),
    ).toEqual([]);
    await recordPolicyVersions(the.database.db, after);
    const agent = { ...the.agent, policies: after };
    expect(await the.submit(LAST_APPROVED, agent)).toMatchObject({ status: "approved", tier: "low" });
    expect(await the.submit(LAST_APPROVED + 0.01, agent)).toMatchObject({
      status: "pending",
      tier: "medium",
    });

    const max = { ...the.max, policies: after };
    const item = async () => (await listPromotions(max)).find((each) => each.id === id)?.state;
    expect(await item()).toBe("in_force");
    const before = clock;
    const later = (days: number) => new Date(before.getTime() + days * 24 * 60 * 60 * 1000);
    const worker = { ...max, actor: { kind: "system", name: "worker" } as const };
    clock = later(20);
    expect(await tellOfLeases(worker), "more than a week before").toBe(0);
    clock = later(25);
    expect(await tellOfLeases(worker)).toBe(3);
    expect(await tellOfLeases(worker)).toBe(0);
    clock = later(32);
    expect(await tellOfLeases(worker)).toBe(3);
    await the.database.db.run(sql`DELETE FROM notice WHERE kind = 'lease'`);
    clock = later(39);
    expect(await tellOfLeases(worker), "more than a week after").toBe(0);
    clock = later(32);
    expect(await item()).toBe("ended");
    expect(await the.submit(60, agent)).toMatchObject({ status: "pending", route: "batch_review" });
    clock = before;
    // What is in force here is the former policy still, but the files are another: nothing is proposed on such ground.
    await expect(proposePromotion(the.max, proposal)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("is not the one in force"),
    });
    git("revert", "--no-edit", "HEAD");
  });

  it("is refused where policy or files have changed since it was proposed", async () => {
    const { id } = await proposePromotion(the.max, proposal);
    const { contentHash } = await getPromotion(the.max, id);
    const file = join(the.dir, "refund/cases.json");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("one cent over", "1 cent over"));
    await expect(decide(the.mia, id, "accept", contentHash)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("files of the policy have changed"),
    });
    writeFileSync(file, text);
    const refund = the.policies.get("refund")!;
    const policies = new Map([...the.policies, ["refund", { ...refund, hash: "f".repeat(64) }]]);
    const mia = { ...the.mia, policies };
    expect((await getPromotion(mia, id)).isOutdated).toBe(true);
    await expect(decide(mia, id, "accept", contentHash)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("policy has changed since"),
    });
    expect(await decide(the.mia, id, "accept", contentHash)).toEqual({ status: "accepted" });
  });
});
