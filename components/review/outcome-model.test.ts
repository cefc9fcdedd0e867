import { describe, expect, it } from "vitest";
import { DRAFT_STATUSES, type DraftStatus } from "@/lib/drafts/types";
import { headlineOf } from "./outcome-model";

type Screen = Parameters<typeof headlineOf>[0];
const screen = (
  status: DraftStatus,
  more: Record<string, unknown> = {},
  draft: Record<string, unknown> = {},
) =>
  ({
    draft: { status, agent: { name: "Shop agent" }, revisedById: null, afterReview: null, ...draft },
    decisions: [],
    execution: null,
    classification: { tier: "medium", blocked_by: [] },
    why: { approvalsGiven: 0, approvalsRequired: 1 },
    ...more,
  }) as unknown as Screen;
const by = (name: string, verdict: string) => [{ person: { name }, verdict }];

describe("what became of a draft", () => {
  it("is told for every status, and for a draft nobody has touched not at all", () => {
    expect(headlineOf(screen("pending"))).toBeNull();
    for (const status of DRAFT_STATUSES.filter((each) => each !== "pending")) {
      expect(headlineOf(screen(status))?.title, status).toMatch(/^[A-Z]/);
    }
  });

  it("names who rejected it, and says that nothing was executed", () => {
    expect(headlineOf(screen("rejected", { decisions: by("Mei", "reject") }))).toMatchObject({
      tone: "bad",
      detail: "Mei rejected it. Nothing was executed.",
    });
  });

  it("tells what policy ran by itself from what people approved", () => {
    expect(headlineOf(screen("executed"))?.detail).toContain("without asking anyone");
    expect(headlineOf(screen("executed", {}, { afterReview: "overturned" }))?.detail).toContain("overturned");
    const approved = headlineOf(screen("executed", { decisions: by("Mei", "approve") }));
    expect(approved?.detail).toBe("Exactly what was approved.");
    expect(headlineOf(screen("executed", { execution: { hashMismatch: true } }))?.tone).toBe("bad");
  });

  it("says of an import that it was decided elsewhere, and claims no execution", () => {
    const told = (status: DraftStatus, verdict: string) =>
      headlineOf(screen(status, { imported: true, decisions: by("Mei", verdict) }));
    expect(told("executed", "edit_and_approve")).toMatchObject({
      tone: "good",
      title: "Edited and approved",
    });
    expect(told("executed", "approve")).toMatchObject({ tone: "good", title: "Approved" });
    expect(told("rejected", "reject")).toMatchObject({ tone: "bad", title: "Rejected" });
    expect(told("changes_requested", "request_changes")?.detail).toContain("before Countersign");
  });

  it("says until when an approval can be taken back, and what an approved draft waits for", () => {
    const execution = { status: "waiting", notBefore: "2026-11-21T10:00:30.000Z", waitingFor: null };
    expect(headlineOf(screen("approved", { execution }))?.detail).toContain("after 2026-11-21 10:00:30 UTC");
    const waitingFor = { status: "waiting", notBefore: null, waitingFor: "chargeback open is unknown" };
    expect(headlineOf(screen("approved", { execution: waitingFor }))?.detail).toContain("chargeback open");
  });

  it("says what forbids a blocked draft, and that a prohibited one needs no such reason", () => {
    const blocked = { classification: { tier: "low", blocked_by: ["chargeback_open"] } };
    expect(headlineOf(screen("blocked", blocked))?.detail).toContain("Chargeback open");
    const prohibited = { classification: { tier: "prohibited", blocked_by: [] } };
    expect(headlineOf(screen("blocked", prohibited))?.title).toBe("Prohibited");
  });

  it("counts the approvals that a quorum still waits for", () => {
    const why = { approvalsGiven: 1, approvalsRequired: 2 };
    expect(headlineOf(screen("pending", { why, decisions: by("Mei", "approve") }))?.title).toBe(
      "1 of 2 approvals",
    );
  });
});
