import { expect, test } from "vitest";
import { parseReplayArguments } from "./parse-arguments";

const parse = (argv: string[], environment: Record<string, string> = {}) =>
  parseReplayArguments(argv, environment as unknown as NodeJS.ProcessEnv);

test("a file and a key are enough", () => {
  expect(parse(["a.jsonl", "--key", "k"])).toEqual({
    file: "a.jsonl",
    key: "k",
    factsKey: null,
    url: "http://127.0.0.1:3000",
    concurrency: 8,
    limit: Number.POSITIVE_INFINITY,
  });
});

test("keys and port may come from the environment, the command line wins", () => {
  const environment = { COUNTERSIGN_KEY: "e", COUNTERSIGN_FACTS_KEY: "f", PORT: "4100" };
  expect(parse(["a"], environment)).toMatchObject({ key: "e", factsKey: "f", url: "http://127.0.0.1:4100" });
  expect(parse(["a", "--key", "k", "--url", "https://x.example/"], environment)).toMatchObject({
    key: "k",
    url: "https://x.example",
  });
});

test.each([
  [[], /which file/],
  [["a"], /which key/],
  [["a", "b", "--key", "k"], /what is "b"/],
  [["a", "--key", "k", "--concurrency", "0"], /--concurrency takes/],
  [["a", "--key", "k", "--limit", "1.5"], /--limit takes/],
  [["a", "--key", "k", "--url", "ftp://x"], /--url takes/],
  [["a", "--key", "k", "--what"], /Unknown option/],
])("%j is answered with the usage", (argv, message) => {
  expect(() => parse(argv)).toThrow(message);
  expect(() => parse(argv)).toThrow(/npm run replay/);
});
