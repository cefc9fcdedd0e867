import { describe, expect, it } from "vitest";
import type { BatchResult } from "@/lib/drafts/batch/types";
import { resultLine, undoLabel, whatFollows, whyKept } from "./batch-words";
import { sumAmounts } from "./sum-amounts";

const done = (verdict: "approve" | "reject", changes: object = {}): BatchResult => ({
  draftId: "drf_1",
  ok: true,
  verdict,
  undoUntil: null,
  approvalsMissing: 0,
  movedTo: null,
  ...changes,
});
const leftOut: BatchResult = { draftId: "drf_2", ok: false, code: "conflict", message: "Ben decided it." };

describe("what came of a batch", () => {
  it("is said by verdict, with what was left out", () => {
    expect(resultLine([done("approve"), done("approve"), done("reject"), leftOut])).toBe(
      "2 approved, 1 rejected · 1 left out: Ben decided it.",
    );
    expect(resultLine([done("approve")])).toBe("1 approved");
    expect(resultLine([leftOut, leftOut])).toBe("2 left out");
  });

  it("says what else has to happen", () => {
    expect(whatFollows([done("approve")])).toBeUndefined();
    expect(
      whatFollows([
        done("approve", { approvalsMissing: 1 }),
        done("approve", { movedTo: { approverRule: "finance_oncall", reason: "" } }),
      ]),
    ).toBe("1 draft waits for one more approval. 1 draft turned out stricter and went on to finance_oncall.");
  });

  it("says each reason against undoing once", () => {
    const late = { message: "It is too late." };
    expect(whyKept([late, late, { message: "Somebody revised it." }])).toBe(
      "2 stand: It is too late. 1 stands: Somebody revised it.",
    );
    expect(whyKept([])).toBeUndefined();
    expect([undoLabel(2, 2), undoLabel(1, 2)]).toEqual(["Undo", "Undo 1 of 2"]);
  });

  it("sums amounts by currency", () => {
    const amounts = [
      { amount: 1.5, currency: "USD" },
      { amount: 2, currency: "USD" },
      { amount: 3, currency: "EUR" },
      { amount: null, currency: null },
    ];
    expect(sumAmounts(amounts)).toBe("$3.50 + €3.00");
    expect(sumAmounts([{ amount: null, currency: null }])).toBeNull();
  });
});

describe("a check of attention in a batch", () => {
  const because = "it was refunded before.";
  const decided = (verdict: "approve" | "reject", caught: boolean): BatchResult => ({
    draftId: "drf_1",
    ok: true,
    verdict,
    undoUntil: null,
    approvalsMissing: 0,
    movedTo: null,
    check: { caught, because },
  });

  it("is counted apart from what was decided", () => {
    expect(resultLine([done("approve"), decided("approve", false)])).toBe("1 approved · 1 check missed");
    expect(resultLine([decided("reject", true)])).toBe("1 check caught");
  });

  it("is told of, whichever way it was decided, with why it ought to be rejected", () => {
    expect(whatFollows([decided("approve", false)])).toBe(
      `One was a check that ought to be rejected, because ${because} Nothing of it was carried out.`,
    );
    expect(whatFollows([decided("reject", true)])).toBe(
      `One was a check, and you caught it: it ought to be rejected, because ${because}`,
    );
  });
});
