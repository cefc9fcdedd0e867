import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PolicyError } from "@/lib/policy/policy-error";
import { loadPolicies } from "./load-policies";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "policies-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const rule = { tier: "medium", route: "batch_review" };
const schema = {
  type: "object",
  additionalProperties: false,
  required: ["amount"],
  properties: {
    amount: { type: "number" },
    order: { type: "object" },
    note: { type: "string", format: "email" },
  },
};
function write(path: string, content: unknown) {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), typeof content === "string" ? content : JSON.stringify(content));
}
function folder(name: string, policy: object = {}, payload: unknown = schema) {
  write(`${name}/policy.json`, { action_type: name, tiers: [rule], ...policy });
  write(`${name}/schema.json`, payload);
}
function problems(): string[] {
  try {
    loadPolicies(dir);
  } catch (error) {
    if (error instanceof PolicyError) return error.message.replaceAll(`${dir}/`, "").split("\n");
    throw error;
  }
  return [];
}

describe("loading policies", () => {
  it("takes a stranger's smallest folder and leaves other folders alone", () => {
    folder("pay_invoice");
    write("README.md", "hello");
    write(".git/policy.json", "not ours");
    write("drafts/notes.txt", "nothing");
    const loaded = loadPolicies(dir);
    expect([...loaded.keys()]).toEqual(["pay_invoice"]);
    expect(loaded.get("pay_invoice")).toMatchObject({
      prose: "",
      factSources: {},
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it("tells where each fact comes from", () => {
    folder("pay", {
      tiers: [
        {
          ...rule,
          when: {
            amount_gt: 1,
            vip: true,
            subject_amount_24h_lt: 5,
            status_eq: "open",
            first_eq: 1,
            mine: true,
            busy_lt: 3,
          },
        },
      ],
      hard_blocks: ["fraud"],
      facts: {
        status: { from: "pushed", subject: "order", id: "/order/id", name: "state" },
        mine: { from: "pushed", name: "theirs" },
        first: { from: "payload", at: "/order/lines/0" },
        busy: { from: "computed", name: "agent_drafts_1h" },
        asked: { from: "http", lookup: "shop", at: "/state" },
      },
      lookups: { shop: { url_env: "SHOP_URL" } },
    });
    expect(loadPolicies(dir).get("pay")?.factSources).toEqual({
      amount: { kind: "payload", pointer: "/amount" },
      vip: { kind: "pushed", subjectType: "self", idPointer: null, name: "vip" },
      fraud: { kind: "pushed", subjectType: "self", idPointer: null, name: "fraud" },
      subject_amount_24h: { kind: "computed", name: "subject_amount_24h" },
      status: { kind: "pushed", subjectType: "order", idPointer: "/order/id", name: "state" },
      mine: { kind: "pushed", subjectType: "self", idPointer: null, name: "theirs" },
      first: { kind: "payload", pointer: "/order/lines/0" },
      busy: { kind: "computed", name: "agent_drafts_1h" },
      asked: { kind: "http", lookup: "shop", pointer: "/state" },
    });
  });

  it("insists that a name with two meanings is settled", () => {
    const payload = { ...schema, properties: { ...schema.properties, agent_drafts_1h: { type: "number" } } };
    const when = { agent_drafts_1h_lt: 3 };
    folder("pay", { tiers: [{ ...rule, when }] }, payload);
    expect(problems()).toEqual([
      expect.stringContaining("pay/policy.json: facts: found agent_drafts_1h, in the payload and computed"),
    ]);
    folder(
      "pay",
      {
        tiers: [{ ...rule, when }],
        facts: { agent_drafts_1h: { from: "computed", name: "agent_drafts_1h" } },
      },
      payload,
    );
    expect(loadPolicies(dir).get("pay")?.factSources.agent_drafts_1h).toEqual({
      kind: "computed",
      name: "agent_drafts_1h",
    });
  });

  it("does not take a computed fact over an impossible window for a pushed one", () => {
    const when = { subject_amount_9999h_lt: 3 };
    folder("pay", { tiers: [{ ...rule, when }] });
    expect(problems()).toEqual([
      expect.stringContaining("facts: found subject_amount_9999h, expected {subject|agent"),
    ]);
    folder("pay", { tiers: [{ ...rule, when }], facts: { subject_amount_9999h: { from: "pushed" } } });
    expect(problems()).toEqual([]);
  });

  it("finds whom a draft is about in the payload or at another subject, never at that subject itself", () => {
    const facts = {
      buyer: { from: "pushed", subject: "order", id: "/order/id", name: "buyer" },
      own: { from: "pushed" },
      many: { from: "computed", name: "agent_drafts_1h" },
    };
    const tied = (fact: string, more: object = {}) => ({
      subject_from: { type: "customer", fact },
      facts,
      ...more,
    });
    folder("pay", tied("buyer"));
    expect(loadPolicies(dir).get("pay")).toMatchObject({
      policy: { subjectFrom: { type: "customer", fact: "buyer" } },
      factSources: {
        subject_mismatch: { kind: "subject_check" },
        buyer: { kind: "pushed", subjectType: "order" },
      },
    });
    folder("pay", tied("note"));
    expect(problems()).toEqual([]);
    for (const fact of ["own", "many", "nobody", "subject_mismatch"]) {
      folder("pay", tied(fact));
      expect(problems()).toEqual([
        expect.stringContaining(`subject_from.fact: found "${fact}", expected a fact of`),
      ]);
    }
    folder("pay", tied("buyer", { facts: { ...facts, subject_mismatch: { from: "pushed" } } }));
    expect(problems()).toEqual([expect.stringContaining("facts.subject_mismatch: found subject_mismatch")]);
  });

  it("collects the problems of all folders, each with its file", () => {
    folder("a", { tiers: [{ tier: "medium", route: "batch" }] });
    folder("b", { action_type: "c" });
    folder("d", {}, { type: "object", properties: {} });
    write("e/policy.json", { action_type: "e", tiers: [rule] });
    write("f/schema.json", schema);
    folder("g", {}, { ...schema, properties: { amount: { type: "nummer" } } });
    folder("h", {}, { type: "array", additionalProperties: false });
    folder("i", {
      attributes: { amount_from: "/total" },
      facts: { x: { from: "pushed", subject: "o", id: "/nope" } },
    });
    folder("j", { lookups: { shop: { url: "https://shop.example.com/{/order/id}/{/item}" } } });
    expect(problems()).toEqual([
      expect.stringContaining('a/policy.json: tiers[0].route: found "batch", expected one of auto_execute'),
      'b/policy.json: action_type: found "c", expected "b", the name of the folder',
      expect.stringContaining("d/schema.json: additionalProperties: found nothing, expected false"),
      expect.stringContaining("e/schema.json: found no such file"),
      expect.stringContaining("f/policy.json: found no such file"),
      expect.stringContaining("g/schema.json: found schema is invalid"),
      'h/schema.json: type: found "array", expected "object"',
      expect.stringContaining(
        'i/policy.json: facts.x.id: found "/nope", expected a pointer to a property that schema.json declares: amount',
      ),
      expect.stringContaining('i/policy.json: attributes.amount_from: found "/total"'),
      expect.stringContaining(
        'j/policy.json: lookups.shop.url: found "/item", expected a pointer to a property',
      ),
    ]);
  });

  it("names line and column of broken JSON, and refuses a key that stands there twice", () => {
    folder("a");
    write("a/policy.json", '{\n  "action_type": "a",\n  "tiers": [}\n}');
    write("a/schema.json", '{"type": "object", "additionalProperties": false, "type": "array"}');
    expect(problems()).toEqual([
      expect.stringContaining('a/policy.json:3:13: /tiers/0: found "a value is expected here"'),
      expect.stringContaining('a/schema.json:1:51: /type: found "this key stands twice'),
    ]);
  });

  it("reads files with a byte order mark", () => {
    folder("a");
    write("a/policy.json", `\uFEFF${JSON.stringify({ action_type: "a", tiers: [rule] })}`);
    write("a/policy.md", "\uFEFF# Medium\r\nAsk.");
    expect(loadPolicies(dir).get("a")?.prose).toBe("# Medium\nAsk.");
  });

  it("says so when there is no folder, or nothing in it", () => {
    expect(problems()).toEqual([expect.stringContaining("found no policies")]);
    expect(() => loadPolicies(join(dir, "nowhere"))).toThrow(/nowhere: found ENOENT/);
  });

  it("hashes what the files say, not how they are laid out", () => {
    const hash = () => loadPolicies(dir).get("a")?.hash;
    folder("a");
    write("a/policy.md", "# Medium\nAsk.");
    const first = hash();
    write("a/policy.json", JSON.stringify({ tiers: [rule], action_type: "a" }, null, 4));
    write("a/policy.md", "# Medium\r\nAsk.");
    expect(hash()).toBe(first);
    write("a/policy.md", "# Medium\nAsk!");
    expect(hash()).not.toBe(first);
    write("a/policy.md", "# Medium\nAsk.");
    write("a/schema.json", { ...schema, title: "Pay" });
    expect(hash()).not.toBe(first);
  });
});

describe("validating a payload", () => {
  it("names each offence by its pointer, and never changes the payload", () => {
    folder("a");
    const { validatePayload } = loadPolicies(dir).get("a")!;
    expect(validatePayload({ amount: 5, note: "a@b.example" })).toEqual({ ok: true });
    const payload = { note: "nobody", "a/b": 1 };
    expect(validatePayload(payload)).toEqual({
      ok: false,
      errors: expect.arrayContaining([
        { path: "/amount", message: "is required" },
        { path: "/a~1b", message: "is not a property of this action's payload" },
        { path: "/note", message: 'must match format "email"' },
      ]),
    });
    expect(payload).toEqual({ note: "nobody", "a/b": 1 });
    expect(validatePayload(null).ok).toBe(false);
  });
});
