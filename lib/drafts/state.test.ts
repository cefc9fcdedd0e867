import { describe, expect, it } from "vitest";
import { isTerminal, mayMove } from "./state";

describe("the table of moves", () => {
  it("lets a pending draft be approved but never executed without that", () => {
    expect(mayMove("pending", "approved")).toBe(true);
    expect(mayMove("pending", "executing")).toBe(false);
    expect(mayMove("submitted", "executed")).toBe(false);
  });
  it("ends what is rejected, expired, withdrawn, blocked or carried out", () => {
    for (const status of [
      "rejected",
      "expired",
      "withdrawn",
      "blocked",
      "executed",
      "failed",
      "changes_requested",
    ] as const) {
      expect(isTerminal(status)).toBe(true);
    }
    expect(isTerminal("approved")).toBe(false);
  });
});
