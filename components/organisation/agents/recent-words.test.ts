import { expect, test } from "vitest";
import { recentWords } from "./recent-words";

const none = { submitted: 0, through: 0, rejected: 0, waiting: 0, failed: 0, blocked: 0 };

test("what became of drafts is said in one line, without what did not happen", () => {
  expect(recentWords(none)).toBe("no draft in 30 days");
  expect(recentWords({ ...none, submitted: 6, through: 4, rejected: 1, blocked: 1 })).toBe(
    "6: 4 went through, 1 rejected, 1 blocked",
  );
  expect(recentWords({ ...none, submitted: 2 })).toBe("2");
  expect(recentWords({ ...none, submitted: 500, through: 500 })).toBe("last 500: 500 went through");
});
