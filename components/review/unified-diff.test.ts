import { describe, expect, it } from "vitest";
import { parseUnifiedDiff } from "./unified-diff";

const DIFF = `--- a/limits.yaml
+++ b/limits.yaml
@@ -3,4 +3,5 @@ service:
 name: checkout
-timeout_ms: 2500
+timeout_ms: 4000
+retry: true
--- a comment of two dashes
 burst: 5
`;

describe("a unified diff", () => {
  it("knows headers, places and lines with their numbers", () => {
    expect(parseUnifiedDiff(DIFF).map(({ kind, text, number }) => [kind, text, number])).toEqual([
      ["file", "--- a/limits.yaml", null],
      ["file", "+++ b/limits.yaml", null],
      ["place", "@@ -3,4 +3,5 @@ service:", null],
      ["same", "name: checkout", 3],
      ["removed", "timeout_ms: 2500", 4],
      ["added", "timeout_ms: 4000", 4],
      ["added", "retry: true", 5],
      ["removed", "-- a comment of two dashes", 5],
      ["same", "burst: 5", 6],
    ]);
  });

  it("marks the words that changed in a line that replaces another", () => {
    const [, , , , removed, added, retry] = parseUnifiedDiff(DIFF);
    expect(removed?.parts).toEqual([
      { text: "timeout_ms: ", changed: false },
      { text: "2500", changed: true },
    ]);
    expect(added?.parts?.at(-1)).toEqual({ text: "4000", changed: true });
    expect(retry?.parts).toBeNull();
  });
});
