import { describe, expect, it } from "vitest";
import { type SearchedDraft, subjectTerm, termsOf } from "./terms-of";

const draft = (parts: Partial<SearchedDraft> = {}): SearchedDraft => ({
  summary: "Refund for a broken lamp",
  subject: { type: "customer", id: "cus_1" },
  actionType: "refund",
  title: "Refund",
  agentName: "Shop agent",
  externalId: "T-99",
  payload: { order_id: "#W2611340", amount: 54.5, items: [{ note: "Lampe brisée" }], gift: true, none: null },
  decidedPayload: null,
  reasons: [],
  ...parts,
});

describe("the terms of a draft", () => {
  it("come from all it says: subject, type, agent, ids, and every value of the payload", () => {
    expect(termsOf(draft())).toEqual(
      expect.arrayContaining(
        "=cus_1 cus_1 cus customer refund shop agent t-99 broken lamp w2611340 54.5 54.50 brisee".split(" "),
      ),
    );
  });

  it("come from what was decided and why, as from what was proposed", () => {
    const terms = termsOf(draft({ decidedPayload: { amount: 20 }, reasons: ["Half is enough"] }));
    expect(terms).toEqual(expect.arrayContaining(["20.00", "54.50", "half", "enough"]));
  });

  it("do not come from the names of fields", () => {
    expect(termsOf(draft())).not.toContain("order_id");
  });

  it("are at most 400, and a long text crowds out no short value", () => {
    const clause = Array.from({ length: 5000 }, (_, n) => `word${n}`).join(" ");
    const terms = termsOf(draft({ payload: { clause, order_id: "#W2611340" } }));
    expect(terms).toHaveLength(400);
    expect(terms).toContain("w2611340");
    for (const term of termsOf(
      draft({ summary: "x".repeat(500), subject: { type: "t", id: "y".repeat(300) } }),
    ))
      expect(term.length).toBeLessThanOrEqual(65);
  });

  it("hold one that only this very subject has", () => {
    const other = termsOf(draft({ subject: { type: "customer", id: "7" }, payload: { note: "cus_1" } }));
    expect(other).toContain("cus_1");
    expect(other).not.toContain(subjectTerm("cus_1"));
  });

  it("survive a payload nested ten thousand deep", () => {
    let payload: unknown = "bottom";
    for (let depth = 0; depth < 10_000; depth++) payload = [payload];
    expect(termsOf(draft({ payload }))).toContain("bottom");
  });
});
