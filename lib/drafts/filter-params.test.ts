import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasFilters, readHistoryFilters, readInboxFilters, writeFilters } from "./filter-params";
import { type HistoryFilters, historyFiltersSchema } from "./history-filters";
import { type InboxFilters, inboxFiltersSchema } from "./inbox-filters";

const inbox = (query: string) => readInboxFilters(new URLSearchParams(query));

describe("filters in an address", () => {
  it("are read as they were written, and what else the address says stays", () => {
    const filters: InboxFilters = {
      q: "broken lamp & co",
      types: ["refund", "send_email"],
      tiers: ["high"],
      agents: ["Shop, the agent"],
      subject: "customer:cus_1",
      minAmount: 0.5,
      maxAmount: 1000,
      olderThanHours: 24,
      dueWithinHours: 2,
      escalated: true,
      held: true,
    };
    const written = writeFilters(filters, new URLSearchParams("queue=named&tier=low"));
    expect(readInboxFilters(written)).toEqual({ filters, dropped: [] });
    expect(written.get("queue")).toBe("named");
  });

  it("that make no sense are dropped and named, the others stay", () => {
    expect(inbox("q=x&tier=extreme&min=lots&max=NaN&older=-3&due=0&escalated=maybe&subject=%00")).toEqual({
      filters: { q: "x" },
      dropped: ["tier", "subject", "min", "max", "older", "due", "escalated"],
    });
    expect(inbox("tier=extreme&tier=high")).toEqual({ filters: { tiers: ["high"] }, dropped: [] });
  });

  it("that are empty are none", () => {
    expect(inbox("q=&type=&min=")).toEqual({ filters: {}, dropped: [] });
    expect(hasFilters({ q: "", types: [] })).toBe(false);
    expect(hasFilters({ held: true })).toBe(true);
  });

  it("of the history are days that exist, in a zone that exists", () => {
    const read = (query: string) => readHistoryFilters(new URLSearchParams(query));
    expect(read("from=2026-02-28&to=2026-02-30&zone=Mars/Base&outcome=edited&automatic=no&by=me")).toEqual({
      filters: { from: "2026-02-28", outcomes: ["edited"], automatic: false, decidedBy: "me" },
      dropped: ["to", "zone"],
    });
  });

  it("of the history name rules, as many as are asked for; the inbox has no such filter", () => {
    const filters: HistoryFilters = { types: ["refund"], rules: ["medium #2", "Small & known"] };
    const written = writeFilters(filters);
    expect(String(written)).toBe("type=refund&rule=medium+%232&rule=Small+%26+known");
    expect(readHistoryFilters(written)).toEqual({ filters, dropped: [] });
    expect(readInboxFilters(written).filters).toEqual({ types: ["refund"] });
    expect(readHistoryFilters(new URLSearchParams("rule=%00")).dropped).toEqual(["rule"]);
  });

  it("never throw, and are always what the server accepts", () => {
    const names =
      "q type tier agent subject min max older due escalated held outcome by rule automatic imported period from to zone";
    const pair = fc.tuple(
      fc.constantFrom(...names.split(" ")),
      fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), fc.double().map(String), fc.constant("yes")),
    );
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 80 }), (pairs) => {
        const query = new URLSearchParams(pairs);
        inboxFiltersSchema.parse(readInboxFilters(query).filters);
        historyFiltersSchema.parse(readHistoryFilters(query).filters);
      }),
    );
  });
});
