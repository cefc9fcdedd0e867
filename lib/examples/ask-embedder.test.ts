import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { askEmbedder, EmbedderError } from "./ask-embedder";
import { embedTexts } from "./embed-texts";
import { type EmbeddingServer, startEmbeddingServer } from "./embedding-server";
import { remoteEmbedderOf } from "./remote-embedder";

let server: EmbeddingServer;
beforeAll(async () => {
  server = await startEmbeddingServer();
});
afterAll(() => server.close());
afterEach(() => {
  for (const name of Object.keys(server.faults)) delete server.faults[name as keyof typeof server.faults];
  server.requests.length = 0;
});

const KEY = "sk-test-4f1c";
const asked = (
  over: { EMBEDDING_DIMENSIONS?: number; OPENAI_API_KEY?: string; dimensions?: number } = {},
) => ({
  remote: remoteEmbedderOf({
    EMBEDDING_MODEL: "words",
    OPENAI_BASE_URL: server.baseUrl,
    OPENAI_API_KEY: over.OPENAI_API_KEY,
    EMBEDDING_DIMENSIONS: over.EMBEDDING_DIMENSIONS,
  })!,
  dimensions: over.dimensions ?? null,
});
const failure = async (work: Promise<unknown>): Promise<EmbedderError> => {
  const error = await work.then(
    () => null,
    (cause) => cause,
  );
  expect(error).toBeInstanceOf(EmbedderError);
  return error as EmbedderError;
};

describe("asking an endpoint", () => {
  it("sends the texts in one request with model and key, and gives vectors of length 1 in their order", async () => {
    server.faults.reversed = true;
    const vectors = await askEmbedder(asked({ OPENAI_API_KEY: KEY }), [
      "cancel it",
      "cancel it",
      "an address",
    ]);
    expect(server.requests).toEqual([
      {
        model: "words",
        input: ["cancel it", "cancel it", "an address"],
        dimensions: undefined,
        authorization: `Bearer ${KEY}`,
      },
    ]);
    expect(vectors[0]).toEqual(vectors[1]);
    expect(vectors[0]).not.toEqual(vectors[2]);
    for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
  });

  it("asks for fewer dimensions where they are set, and sends no key where there is none", async () => {
    const [vector] = await askEmbedder(asked({ EMBEDDING_DIMENSIONS: 16 }), ["a text"]);
    expect(vector).toHaveLength(16);
    expect(server.requests[0]).toMatchObject({ dimensions: 16, authorization: undefined });
  });

  it.each([
    ["another length than is set", { answerDimensions: 32 }, { EMBEDDING_DIMENSIONS: 16 }, "set it to 32"],
    ["another length than before", { answerDimensions: 32 }, { dimensions: 48 }, "used to answer 48"],
    ["more than an index takes", { answerDimensions: 4096 }, {}, "4000 is the most"],
    ["one vector too few", { loseOne: true }, {}, "1 vectors for 2 texts"],
    ["a vector with gaps", { firstVector: [1, null] }, {}, "with gaps"],
    ["a vector of zeros", { firstVector: [0, 0] }, {}, "points nowhere"],
    ["no vector at all", { firstVector: "AAAA" }, {}, "without numbers"],
    ["two lengths at once", { firstVector: [1, 0] }, {}, "vectors of 48 numbers, where it used to answer 2"],
  ])("refuses an answer with %s", async (_, faults, over, said) => {
    Object.assign(server.faults, faults);
    const error = await failure(askEmbedder(asked(over), ["one", "two"]));
    expect(error.message).toContain(said);
    expect(error.isRefusal).toBe(false);
  });

  it("tries once, and says how long the endpoint asks to wait", async () => {
    for (const [headers, from, to] of [
      [{ "retry-after": "7" }, 7000, 7000],
      [{ "retry-after-ms": "250" }, 250, 250],
      [{ "retry-after": new Date(Date.now() + 60_000).toUTCString() }, 55_000, 60_000],
    ] as const) {
      Object.assign(server.faults, { failFirst: 1, failWith: 429, failHeaders: headers });
      const { retryAfterMs, message } = await failure(askEmbedder(asked(), ["one"]));
      expect(message).toContain("429");
      expect(retryAfterMs).toBeGreaterThanOrEqual(from);
      expect(retryAfterMs).toBeLessThanOrEqual(to);
    }
    expect(server.requests).toHaveLength(3);
  });

  it("never repeats the key in what it says", async () => {
    Object.assign(server.faults, { failFirst: 1, failWith: 401, failMessage: `bad key ${KEY} given` });
    const { message } = await failure(askEmbedder(asked({ OPENAI_API_KEY: KEY }), ["one"]));
    expect(message).toContain("401 bad key … given");
    const filler = "x".repeat(180);
    Object.assign(server.faults, { failFirst: 1, failMessage: `${filler} ${KEY}` });
    const cut = await failure(askEmbedder(asked({ OPENAI_API_KEY: KEY }), ["one"]));
    expect(cut.message).not.toContain(KEY.slice(0, 6));
  });

  it("follows no redirect, since the key is meant for this endpoint alone", async () => {
    const failHeaders = { location: `${server.baseUrl}/embeddings` };
    Object.assign(server.faults, { failFirst: 1, failWith: 307, failHeaders });
    await failure(askEmbedder(asked({ OPENAI_API_KEY: KEY }), ["one"]));
    expect(server.requests).toHaveLength(1);
  });

  it("reads no more than an answer may be long", async () => {
    server.faults.firstVector = "x".repeat(33 * 1024 * 1024);
    const { message } = await failure(askEmbedder(asked(), ["one"]));
    expect(message).toBe("The endpoint answered more than 32 MB.");
  });

  it("takes one vector for each text, and none for a text that there is not", async () => {
    for (const indexes of [
      [0, 0],
      [0, 2],
      [-1, 0],
      [0.5, 1],
    ]) {
      server.faults.indexes = indexes;
      const { message } = await failure(askEmbedder(asked(), ["one", "two"]));
      expect(message).toContain("which text they belong to");
    }
  });

  it("says that nobody is there", async () => {
    const gone = await startEmbeddingServer();
    const remote = { ...asked().remote, baseUrl: gone.baseUrl };
    await gone.close();
    const error = await failure(askEmbedder({ remote, dimensions: null }, ["one"]));
    expect(error.message).toMatch(/cannot be reached: .*ECONNREFUSED/);
  });
});

describe("embedding texts of which one is refused", () => {
  it("gives the others their vectors", async () => {
    server.faults.refuse = "forbidden";
    const texts = Array.from({ length: 20 }, (_, index) => `text ${index === 13 ? "forbidden" : index}`);
    const vectors = await embedTexts(asked(), texts);
    expect(vectors.map((vector) => vector === null)).toEqual(texts.map((_, index) => index === 13));
  });

  it("blames the endpoint when it refuses everything", async () => {
    Object.assign(server.faults, { failFirst: 99, failWith: 400, failMessage: "no such model" });
    const error = await failure(embedTexts(asked(), ["one", "two"]));
    expect(error.message).toContain("no such model");
    expect(server.requests).toHaveLength(2);
  });
});

describe("the name of a remote embedder", () => {
  it("tells apart model, dimensions and endpoint, can be written into SQL, and holds no key", () => {
    const base = { EMBEDDING_MODEL: "text-embedding-3-small", OPENAI_API_KEY: KEY };
    const others = [
      base,
      { ...base, EMBEDDING_MODEL: "nomic-embed-text:latest" },
      { ...base, EMBEDDING_DIMENSIONS: 256 },
      { ...base, OPENAI_BASE_URL: "http://localhost:11434/v1" },
      { ...base, EMBEDDING_MODEL: "a'b; DROP" },
      { ...base, EMBEDDING_MODEL: "a_b; DROP" },
    ];
    const names = others.map((settings) => remoteEmbedderOf(settings)!.name);
    expect(new Set(names).size).toBe(others.length);
    for (const name of names) expect(name).toMatch(/^[\w.:/+-]+@[0-9a-f]{8}$/);
    expect(names[2]).toMatch(/^text-embedding-3-small:256@/);
    expect(remoteEmbedderOf({ ...base, OPENAI_API_KEY: "another" })!.name).toBe(names[0]);
    expect(remoteEmbedderOf({})).toBeNull();
  });
});
