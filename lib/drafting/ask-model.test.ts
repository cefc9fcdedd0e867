import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { askModel } from "./ask-model";
import type { DraftingModel } from "./drafting-model";
import { type ModelServer, startModelServer } from "./model-fixture";

let server: ModelServer;
let model: DraftingModel;
const KEY = "sk-very-secret";
const SCHEMA = { type: "object", properties: {}, required: [], additionalProperties: false };
const MESSAGES = [{ role: "user" as const, content: "Draft it." }];

beforeAll(async () => {
  server = await startModelServer();
  model = { name: "scripted", baseUrl: server.url, apiKey: KEY };
});
afterAll(() => server?.stop());
beforeEach(() => server.calls.splice(0));

const ask = (options: Parameters<typeof askModel>[3] = {}, schema: typeof SCHEMA | null = SCHEMA) =>
  askModel(model, MESSAGES, schema, options);

describe("a call of the model", () => {
  it("asks for structured output and answers the text with the tokens it took", async () => {
    server.script({ content: { a: 1 }, usage: { prompt_tokens: 12, completion_tokens: 3 } });
    expect(await ask()).toEqual({
      kind: "answer",
      content: '{"a":1}',
      usage: { promptTokens: 12, completionTokens: 3 },
    });
    expect(server.calls).toHaveLength(1);
    expect(server.calls[0]!.authorization).toBe(`Bearer ${KEY}`);
    expect(server.calls[0]!.body).toMatchObject({
      model: "scripted",
      messages: MESSAGES,
      response_format: { type: "json_schema", json_schema: { strict: true, schema: SCHEMA } },
    });
  });

  it("asks again without what the endpoint does not know: the schema, then any format", async () => {
    const refuses = { status: 400, content: { message: "response_format is not supported" } };
    server.script(refuses, refuses, { content: "plain" });
    expect(await ask()).toMatchObject({ kind: "answer", content: "plain" });
    expect(server.calls.map(({ body }) => body.response_format?.type)).toEqual([
      "json_schema",
      "json_object",
      undefined,
    ]);
    expect(server.calls[2]!.body).toEqual({ model: "scripted", messages: MESSAGES });
  });

  it("asks for plain JSON where there is no schema to ask by", async () => {
    server.script({ content: "{}" });
    await ask({}, null);
    expect(server.calls.map(({ body }) => body.response_format.type)).toEqual(["json_object"]);
  });

  it("sends no key where none is set, and never follows a redirect with one", async () => {
    server.script({ content: "{}" });
    await askModel({ ...model, apiKey: null }, MESSAGES, null);
    expect(server.calls[0]!.authorization).toBeNull();
    server.script({ status: 307, headers: { location: server.url } });
    expect(await ask()).toMatchObject({ kind: "unreachable" });
    expect(server.calls).toHaveLength(2);
  });

  it("says that it was cut off, or refused, rather than handing on half an answer", async () => {
    server.script({ content: '{"outcome": "dra', finish: "length" });
    expect(await ask()).toMatchObject({ kind: "truncated", usage: { completionTokens: 20 } });
    server.script({ refusal: "I cannot help with that." });
    expect(await ask()).toMatchObject({ kind: "refused", because: "I cannot help with that." });
    server.script({ content: "", finish: "content_filter" });
    expect(await ask()).toMatchObject({ kind: "refused" });
  });

  it.each([
    [{ status: 429, headers: { "retry-after": "7" } }, 7000],
    [{ status: 503 }, null],
    [{ hangUp: true }, null],
  ])("is worth trying again after %j", async (reply, retryAfterMs) => {
    server.script(reply);
    expect(await ask()).toMatchObject({ kind: "unreachable", retryAfterMs });
    expect(server.calls).toHaveLength(1);
  });

  it("is not worth trying again when key, model, quota or length are wrong, and never tells the key", async () => {
    const echo = { message: `Incorrect key ${KEY}` };
    for (const reply of [
      { status: 401, content: echo },
      { status: 404, content: echo },
      { status: 429, content: { ...echo, code: "insufficient_quota" } },
      { status: 400, content: { ...echo, code: "context_length_exceeded" } },
    ]) {
      server.calls.splice(0);
      server.script(reply);
      const outcome = await ask();
      expect(outcome).toMatchObject({ kind: "error", because: expect.stringMatching(/\w/) });
      expect(JSON.stringify(outcome)).not.toContain(KEY);
      expect(server.calls).toHaveLength(1);
    }
  });

  it("does not trust what it is answered: no completion, wrong types, no JSON, far too much", async () => {
    for (const raw of [
      "{}",
      '{"choices":[]}',
      '{"choices":{"0":1}}',
      "null",
      '{"choices":[{"message":null}]}',
    ]) {
      server.script({ raw });
      expect(await ask(), raw).toMatchObject({ kind: "error" });
    }
    server.script({ raw: "<html>" });
    expect((await ask()).kind).toMatch(/error|unreachable/);
    server.script({ content: "x".repeat(5 * 1024 * 1024) });
    expect(await ask()).toMatchObject({ kind: "error", because: expect.stringContaining("4 MB") });
    server.script({ content: "{}", usage: { prompt_tokens: -1, completion_tokens: 1e30 } });
    expect(await ask()).toMatchObject({ usage: { promptTokens: null, completionTokens: null } });
    server.script({ content: "{}", usage: { prompt_tokens: 2_000_000_000, completion_tokens: 7 } });
    expect(await ask()).toMatchObject({ usage: { promptTokens: null, completionTokens: 7 } });
  });

  it("is worth trying again when the answer breaks off in the middle", async () => {
    server.script({ raw: '{"choices":[{"message":{"con', hangUp: true });
    expect(await ask()).toMatchObject({
      kind: "unreachable",
      because: expect.stringContaining("broke off"),
    });
  });

  it("ends when its time is over, and at once when it is called off", async () => {
    server.script({ content: "{}", afterMs: 60_000 });
    const started = performance.now();
    expect(await ask({ withinMs: 200 })).toMatchObject({
      kind: "unreachable",
      because: "The model did not answer within 1 seconds.",
    });
    const aborted = new AbortController();
    setTimeout(() => aborted.abort(), 100);
    expect(await ask({ signal: aborted.signal })).toMatchObject({ kind: "aborted" });
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});
