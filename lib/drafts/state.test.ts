import { describe, expect, it } from "vitest";
import { mayMove } from "./state";
import { DRAFT_STATUSES } from "./types";

describe("the table of moves", () => {
  it("lets a pending draft be approved but never executed without that", () => {
    expect(mayMove("pending", "approved")).toBe(true);
    expect(mayMove("pending", "executing")).toBe(false);
    expect(mayMove("submitted", "executed")).toBe(false);
  });
  it("ends what is expired, withdrawn, blocked or carried out", () => {
    for (const status of ["expired", "withdrawn", "blocked", "executed", "failed"] as const) {
      expect(DRAFT_STATUSES.filter((to) => mayMove(status, to))).toEqual([]);
    }
  });
  it("lets a refusal only be taken back", () => {
    for (const status of ["rejected", "changes_requested"] as const) {
      expect(DRAFT_STATUSES.filter((to) => mayMove(status, to))).toEqual(["pending"]);
    }
  });
});
