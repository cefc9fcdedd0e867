import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sql } from "@/lib/db/sql";
import { placeHold } from "@/lib/holds/place-hold";
import { releaseHold } from "@/lib/holds/release-hold";
import { checkPolicies } from "@/lib/policy-files/check-policies";
import { loadCases } from "@/lib/policy-files/load-cases";
import { type LoadedPolicies, loadPolicies } from "@/lib/policy-files/load-policies";
import { recordPolicyVersions } from "@/lib/policy-files/policy-versions";
import { decidePromotion } from "./decide-promotion";
import { getPromotion } from "./get-promotion";
import { listCandidates } from "./list-candidates";
import { planPromotion } from "./plan-promotion";
import { createPromotionFixture, type PromotionFixture } from "./promotion-fixture";
import { getPromotionPatch } from "./promotion-patch";
import { proposePromotion } from "./propose-promotion";

const DAY_MS = 24 * 60 * 60 * 1000;
const LIMIT = 120;
const start = Date.now();
let clock = new Date(start);
let the: PromotionFixture;
const wish = { actionType: "refund", rule: "medium #2", days: 90 as const };
const proposal = { ...wish, leaseDays: 30, reason: "Nobody ever refused one of these" };

beforeAll(async () => {
  the = await createPromotionFixture(() => clock);
  await the.decideBy(
    LIMIT,
    Array.from({ length: 90 }, (_, at) => 51 + at),
  );
  clock = new Date(start + 60_000);
});
afterAll(() => the?.remove());

const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], {
    cwd: join(the.dir, ".."),
    encoding: "utf8",
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
  });

const under = (policies: LoadedPolicies) => ({
  max: { ...the.max, policies },
  mia: { ...the.mia, policies },
  agent: { ...the.agent, policies },
});

async function accept(id: string, by: PromotionFixture["mia"]) {
  const { contentHash } = await getPromotion(by, id);
  return decidePromotion(by, { id, verdict: "accept", reason: "I looked at the list", contentHash });
}

/** Proposes, accepts and applies a promotion under these policies; answers those that are in force then. */
async function promote(policies: LoadedPolicies): Promise<LoadedPolicies> {
  const { max, mia } = under(policies);
  const { id } = await proposePromotion(max, proposal);
  await accept(id, mia);
  const file = join(the.dir, "../.git/the.patch");
  writeFileSync(file, (await getPromotionPatch(max, id)).patch);
  git("am", "--quiet", file);
  const after = loadPolicies(the.dir);
  const { findings } = checkPolicies(after, loadCases(the.dir), null);
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  await recordPolicyVersions(the.database.db, after);
  return after;
}
const promotedIn = (policies: LoadedPolicies) =>
  policies.get("refund")!.policy.rules.filter(({ lease }) => lease?.promotion);
const namesIn = (policies: LoadedPolicies) => policies.get("refund")!.policy.rules.map(({ name }) => name);

describe("a promotion whose lease ends", () => {
  it("is renewed by another one, which takes its place and lets the same run again", async () => {
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "Policies");
    const first = await promote(the.policies);
    expect(namesIn(first)).toEqual(["low #1", `promoted: amount up to ${LIMIT}`, "medium #2", "high #3"]);
    expect(await the.submit(LIMIT, under(first).agent)).toMatchObject({ status: "approved" });

    clock = new Date(start + 10 * DAY_MS);
    // While it lasts long, there is nothing to renew: what it lets run is no history of the rule behind it.
    const early = under(first).max;
    expect((await planPromotion(early, wish)).plan.decided).toBe(20);
    // Held back, it has come to an end as well: a stricter one may take its place.
    const target = { kind: "action_type", actionType: "refund", rule: promotedIn(first)[0]!.name } as const;
    const { id: hold } = await placeHold(early, { target, reason: "A sample was wrong" });
    expect((await planPromotion(early, wish)).proposal?.backtest.added).toMatchObject({ decided: 70 });
    const { id: stricter } = await proposePromotion(early, { ...proposal, value: LIMIT - 5 });
    const { content, contentHash } = await getPromotion(early, stricter);
    expect(content.replacedRules).toMatchObject([{ name: promotedIn(first)[0]!.name, isHeld: true }]);
    await decidePromotion(early, { id: stricter, verdict: "decline", reason: "Not yet", contentHash });
    await releaseHold(early, { id: hold });

    clock = new Date(start + 32 * DAY_MS);
    const { max, agent } = under(first);
    expect(await the.submit(LIMIT, agent)).toMatchObject({ status: "pending", route: "batch_review" });
    const { proposal: found } = await planPromotion(max, wish);
    expect(found?.limit).toMatchObject({ fact: "amount", value: LIMIT });
    expect(found?.backtest.added).toMatchObject({ decided: 70, wrong: 0 });
    expect((await listCandidates(max)).find(({ rule }) => rule.name === "medium #2")).toMatchObject({
      limit: { value: LIMIT },
    });

    const second = await promote(first);
    expect(namesIn(second)).toEqual(namesIn(first));
    const [rule, ...others] = promotedIn(second);
    expect(others).toEqual([]);
    expect(rule!.lease!.promotion).not.toBe(promotedIn(first)[0]!.lease!.promotion);
    expect(await the.submit(LIMIT, under(second).agent)).toMatchObject({ status: "approved", tier: "low" });
    expect(git("log", "-1", "--format=%b")).toContain(
      `It takes the place of the rule "promoted: amount up to ${LIMIT}"`,
    );
    git("reset", "--hard", "-q", "HEAD~2");
    clock = new Date(start + 60_000);
  });
});

describe("a promotion that waits for a second person", () => {
  it("is not accepted by its proposer under another account", async () => {
    const { id } = await proposePromotion(the.max, proposal);
    await the.database.db.run(sql`UPDATE person SET email = 'MAX@example.com' WHERE id = 'per_mia'`);
    await expect(accept(id, the.mia)).rejects.toMatchObject({ code: "not_eligible" });
    await the.database.db.run(sql`UPDATE person SET email = 'mia@example.com' WHERE id = 'per_mia'`);
    const { contentHash } = await getPromotion(the.max, id);
    await decidePromotion(the.mia, { id, verdict: "decline", reason: "Not now", contentHash });
  });

  it("is not accepted once its last day is over, nor when people have decided against it meanwhile", async () => {
    const { id } = await proposePromotion(the.max, proposal);
    clock = new Date(start + 32 * DAY_MS);
    await expect(accept(id, the.mia)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("that day is over"),
    });
    clock = new Date(start + 120_000);
    await the.decideBy(50, [80, 90, 100]);
    clock = new Date(start + 180_000);
    await expect(accept(id, the.mia)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("of 73 decisions that it is about, 3 were wrong"),
    });
    const { contentHash } = await getPromotion(the.max, id);
    expect(
      await decidePromotion(the.max, { id, verdict: "decline", reason: "So be it", contentHash }),
    ).toEqual({ status: "withdrawn" });
  });
});
