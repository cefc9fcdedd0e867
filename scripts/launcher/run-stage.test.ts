import { expect, test } from "vitest";
import { countTests } from "./run-stage.mjs";

test("vitest's report is counted, a file that could not be loaded as one failure", () => {
  const report = {
    numPassedTests: 7,
    numFailedTests: 1,
    testResults: [
      { status: "passed", assertionResults: [{ status: "passed" }] },
      { status: "failed", assertionResults: [{ status: "failed" }, { status: "passed" }] },
      { status: "failed", assertionResults: [] },
    ],
  };
  expect(countTests(report)).toEqual({ passed: 7, failed: 2 });
});

test("Playwright's report is counted, a broken set-up as one failure", () => {
  const stats = { expected: 12, unexpected: 1, flaky: 1, skipped: 3 };
  expect(countTests({ stats, errors: [{ message: "did not start" }] })).toEqual({ passed: 13, failed: 2 });
});
