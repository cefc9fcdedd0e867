import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { checkPolicies } from "@/lib/policy-files/check-policies";
import { loadCases } from "@/lib/policy-files/load-cases";
import { loadPolicies } from "@/lib/policy-files/load-policies";
import { changeTexts } from "./change-texts";
import { makePatch } from "./make-patch";
import { readPolicyTexts } from "./policy-files";
import { type Promoted, promotedRule, withRule } from "./write-rule";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const git = (cwd: string, ...args: string[]) =>
  execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
  });

/** A repository with the policies that come with Countersign. */
function repository(change: (folder: string) => void = () => {}): string {
  const folder = mkdtempSync(join(tmpdir(), "countersign-patch-"));
  folders.push(folder);
  cpSync("policies", join(folder, "policies"), { recursive: true });
  change(folder);
  git(folder, "init", "-q");
  git(folder, "add", ".");
  git(folder, "commit", "-qm", "Policies");
  return folder;
}

const PROMOTED: Promoted = {
  ruleIndex: 1,
  fact: "amount",
  direction: "lte",
  value: 120.5,
  only: null,
  sampleReview: 0.1,
  lease: { until: "2027-02-21", promotion: "prm_01TEST" },
};
const FACTS = { amount: 120.5, customer_months: 7, chargeback_open: false, account_flagged_fraud: false };

function patchFor(folder: string, actionType: string, promoted: Promoted, sample: Record<string, unknown>) {
  const dir = join(folder, "policies");
  const policy = loadPolicies(dir).get(actionType)!;
  const texts = readPolicyTexts(dir, policy);
  const rule = promotedRule(policy, promoted);
  const candidate = withRule(policy, promoted.ruleIndex, rule);
  const changed = changeTexts(texts, { candidate, rule, promoted, sample, step: 0.01 });
  const path = (file: string) => `policies/${actionType}/${file}`;
  const patch = makePatch(
    {
      author: { name: "Mónica Łęcka", email: "monica@example.com" },
      at: new Date("2026-11-21T12:00:00Z"),
      subject: "Refunds up to 120.50 USD run by themselves – until 2027-02-21",
      body: "How it came to this:\n\n--- not a separator\ndiff --git a/x b/x\nFrom: nobody\nA reason in Łódź.",
    },
    [
      { path: path("policy.json"), before: texts.policy, after: changed.policy },
      { path: path("cases.json"), before: texts.cases, after: changed.cases },
      { path: path("checks.json"), before: texts.checks, after: changed.checks ?? "" },
    ],
  );
  writeFileSync(join(folder, ".git/the.patch"), patch);
  return { patch, changed, candidate, file: join(folder, ".git/the.patch") };
}

const findingsIn = (folder: string) => {
  const dir = join(folder, "policies");
  return checkPolicies(loadPolicies(dir), loadCases(dir), null).findings.filter(
    ({ severity }) => severity === "error",
  );
};

describe("the mail that a patch is", () => {
  it("has no header longer than a mail may have, in any script", () => {
    const commit = {
      author: { name: "Łęcka ".repeat(20), email: "m@example.com" },
      at: new Date("2026-11-21T12:00:00Z"),
      subject: "Zwroty do 120,50 zł bez sprawdzania – ".repeat(5),
      body: "",
    };
    const [headers = ""] = makePatch(commit, []).split("\n\n");
    const lines = headers.split("\n");
    expect(lines.length).toBeGreaterThan(12);
    expect(lines.filter((line) => Buffer.byteLength(line) > 78)).toEqual([]);
  });
});

describe("the patch of a promotion, taken by git", { timeout: 120_000 }, () => {
  it("is committed by git am with its reasoning, adds one line to the rules, and the golden cases pass", () => {
    const folder = repository();
    const { file, changed, candidate } = patchFor(folder, "refund", PROMOTED, FACTS);
    git(folder, "am", "--quiet", file);
    const message = git(folder, "log", "-1", "--format=%an%n%ad%n%s%n%b", "--date=iso-strict-local");
    expect(message).toContain("Mónica Łęcka");
    expect(message).toContain("Refunds up to 120.50 USD run by themselves – until 2027-02-21");
    expect(message).toContain(" --- not a separator\n diff --git a/x b/x\n From: nobody\nA reason in Łódź.");
    expect(git(folder, "diff", "--numstat", "HEAD~1", "--", "policies/refund/policy.json")).toMatch(
      /^1\t0\t/,
    );
    expect(git(folder, "status", "--porcelain")).toBe("");
    expect(findingsIn(folder)).toEqual([]);
    const after = loadPolicies(join(folder, "policies")).get("refund")!;
    expect(after.raw).toEqual(candidate.raw);
    expect(after.raw.tiers?.[1]).toMatchObject({ route: "auto_execute", lease: PROMOTED.lease });
    // A case that waited in the queue runs by itself now, and says so.
    expect(changed.movedCases).toEqual([
      "a new customer's small refund waits in the queue",
      "one cent over the small limit waits in the queue",
      "how long we know the customer is not known: a person looks",
    ]);
    const cases = readFileSync(join(folder, "policies/refund/cases.json"), "utf8");
    expect(cases).toContain("one cent over the small limit waits in the queue; promoted, it runs by itself");
    expect(changed.addedCases).toEqual([
      "amount 120.5 runs by itself (prm_01TEST)",
      "amount 120.51 is beyond that (prm_01TEST)",
    ]);
    expect(JSON.parse(cases).at(-1)).toMatchObject({ facts: { amount: 120.51 }, route: "batch_review" });
  });

  it("applies with git apply too, to files written over several lines", () => {
    const folder = repository();
    const order = {
      amount: 300.25,
      order_total: 2000,
      orders_count: 3,
      subject_amount_24h: 300.25,
      order_status: "delivered",
    };
    const { file } = patchFor(folder, "return_delivered_order_items", { ...PROMOTED, value: 300.25 }, order);
    git(folder, "apply", "--check", file);
    git(folder, "apply", file);
    expect(findingsIn(folder)).toEqual([]);
    expect(
      git(folder, "diff", "--numstat", "--", "policies/return_delivered_order_items/policy.json"),
    ).toMatch(/^1[0-9]\t0\t/);
  });

  it("takes checks of attention out that nobody would be asked about any more", () => {
    const folder = repository();
    const facts = { ...FACTS, amount: 190 };
    const { file, changed } = patchFor(folder, "refund", { ...PROMOTED, value: 190 }, facts);
    git(folder, "am", "--quiet", file);
    expect(changed.removedChecks).toContain("refunded before");
    const left = loadPolicies(join(folder, "policies")).get("refund")?.checks ?? [];
    const before = loadPolicies("policies").get("refund")?.checks ?? [];
    expect(left.map(({ name }) => name)).toEqual(
      before.map(({ name }) => name).filter((name) => !changed.removedChecks.includes(name)),
    );
    expect(findingsIn(folder)).toEqual([]);
  });

  it("keeps Windows line ends, a missing last line end, and makes cases where there were none", () => {
    const folder = repository((top) => {
      const file = join(top, "policies/refund/policy.json");
      writeFileSync(file, readFileSync(file, "utf8").replaceAll("\n", "\r\n").trimEnd());
      rmSync(join(top, "policies/refund/cases.json"));
    });
    const { file } = patchFor(folder, "refund", PROMOTED, FACTS);
    git(folder, "am", "--quiet", "--keep-cr", file);
    const text = readFileSync(join(folder, "policies/refund/policy.json"), "utf8");
    expect(
      text
        .split("\n")
        .slice(0, -1)
        .every((line) => line.endsWith("\r")),
    ).toBe(true);
    expect(loadPolicies(join(folder, "policies")).get("refund")?.raw.tiers).toHaveLength(4);
    expect(JSON.parse(readFileSync(join(folder, "policies/refund/cases.json"), "utf8"))).toHaveLength(2);
  });

  it("is not made when the files say something else than the policy in force", () => {
    const folder = repository();
    const dir = join(folder, "policies");
    const policy = loadPolicies(dir).get("refund")!;
    const file = join(dir, "refund/policy.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"amount_lte": 50', '"amount_lte": 60'));
    expect(() => readPolicyTexts(dir, policy)).toThrow(/is not the one in force/);
    rmSync(file);
    expect(() => readPolicyTexts(dir, policy)).toThrow(/is not the one in force/);
  });
});
