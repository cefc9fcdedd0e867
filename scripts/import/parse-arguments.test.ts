import { expect, test } from "vitest";
import { parseImportArguments } from "./parse-arguments";

test("a file alone is enough; bad lines are listed beside it", () => {
  expect(parseImportArguments(["past/refunds.jsonl"])).toEqual({
    file: "past/refunds.jsonl",
    format: "jsonl",
    mappingFile: null,
    dryRun: false,
    agentName: "Imported decisions",
    ownerEmail: null,
    rejectedFile: "past/refunds.jsonl.rejected.jsonl",
  });
});

test("everything can be said", () => {
  const argv = [
    "a.csv",
    "--mapping",
    "m.json",
    "--dry-run",
    "--agent",
    "Old desk",
    "--owner",
    "a@b.c",
    "--rejected",
    "r",
  ];
  expect(parseImportArguments(argv)).toEqual({
    file: "a.csv",
    format: "csv",
    mappingFile: "m.json",
    dryRun: true,
    agentName: "Old desk",
    ownerEmail: "a@b.c",
    rejectedFile: "r",
  });
});

test.each([
  [[], /which file/],
  [["a.jsonl", "b.jsonl"], /what is "b.jsonl"/],
  [["a.xlsx"], /ends in .jsonl or .csv/],
  [["a.csv", "--agent", " "], /1 to 100/],
  [["a.csv", "--what"], /Unknown option/],
])("%j is answered with the usage", (argv, message) => {
  expect(() => parseImportArguments(argv)).toThrow(message);
  expect(() => parseImportArguments(argv)).toThrow(/npm run import/);
});
