import { describe, expect, it } from "vitest";
import { groupNotices } from "./group-notices";
import type { ListedNotice } from "./list-notices";

const notice = (id: string, of: Partial<ListedNotice> = {}): ListedNotice => ({
  id,
  kind: "assigned",
  text: "finance_oncall asks you to decide.",
  draftId: `drf_${id}`,
  summary: "Refund 600 EUR",
  route: "named_approver",
  holdId: null,
  createdAt: "2026-11-21T12:00:00.000Z",
  isRead: false,
  ...of,
});
const shown = (notices: ListedNotice[]) =>
  groupNotices(notices).map((entry) => ("notices" in entry ? entry.text : entry.id));

describe("notices that say the same", () => {
  it("become one line from the fourth on, where the newest of them was", () => {
    const other = notice("x", { text: "legal_counsel asks you to decide." });
    const three = ["1", "2", "3"].map((id) => notice(id));
    expect(shown([...three, other])).toEqual(["1", "2", "3", "x"]);
    expect(shown([other, ...three, notice("4")])).toEqual([
      "x",
      "4 drafts wait for you: finance_oncall asks you to decide.",
    ]);
  });

  it("keep each of them, and lead to the queue that they wait in", () => {
    const entries = groupNotices(["1", "2", "3", "4"].map((id) => notice(id, { route: "batch_review" })));
    expect(entries).toMatchObject([
      { href: "/inbox?queue=batch", notices: [{ id: "1" }, { id: "2" }, { id: "3" }, { id: "4" }] },
    ]);
  });

  it("stay apart when they were read, are about no draft, or are of another kind", () => {
    expect(shown(["1", "2", "3", "4"].map((id) => notice(id, { isRead: id === "4" })))).toHaveLength(4);
    expect(shown(["1", "2", "3", "4"].map((id) => notice(id, { draftId: null })))).toHaveLength(4);
    expect(
      shown(["1", "2", "3", "4"].map((id) => notice(id, { kind: id === "4" ? "reminder" : "assigned" }))),
    ).toHaveLength(4);
  });

  it("read as a sentence, whatever they say", () => {
    const of = (kind: ListedNotice["kind"], text: string) =>
      shown(["1", "2", "3", "4"].map((id) => notice(id, { kind, text })))[0];
    expect(of("escalated", "It has escalated to finance_lead, and so to you.")).toBe(
      "4 drafts have escalated to finance_lead, and so to you.",
    );
    expect(of("reminder", "Half of the time to decide it has passed.")).toBe(
      "4 drafts: Half of the time to decide it has passed.",
    );
  });
});
