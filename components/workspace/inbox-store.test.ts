import { beforeEach, describe, expect, it } from "vitest";
import type { InboxItem, InboxPage } from "@/lib/drafts/types";
import { InboxStore } from "./inbox-store";

const item = (id: string, dueInHours = Number(id.slice(1))): InboxItem => ({
  id,
  actionType: "refund",
  title: "Refund",
  tier: "medium",
  route: "batch_review",
  rule: "medium #2",
  summary: `Refund ${id}`,
  amount: 100,
  currency: "USD",
  agentName: "Shop",
  subject: { type: "customer", id },
  createdAt: "2026-11-21T00:00:00.000Z",
  dueAt: new Date(Date.UTC(2026, 10, 21) + dueInHours * 3_600_000).toISOString(),
  approverRule: "default_approvers",
  escalationLevel: 0,
  held: false,
  answersYou: false,
});
const page = (
  ids: string[],
  readAt: number,
  nextCursor: string | null = null,
): InboxPage & { readAt: number } => ({
  queue: "batch",
  items: ids.map((id) => item(id)),
  nextCursor,
  counts: { batch: ids.length, named: 0, after: 0 },
  countLimit: 100,
  readAt,
});

let store: InboxStore;
const listed = () => store.state.queues.batch?.items.map(({ id }) => id);
const changed = (id: string, words: string, waiting: InboxItem[], readAt = 50) =>
  store.receiveChanged("batch", new Map([[id, words]]), waiting, readAt);

beforeEach(() => {
  store = new InboxStore();
  store.receiveFirst(page(["d1", "d2", "d3"], 10));
});

describe("deciding", () => {
  it("hides an item at once, and a list that was read before the server's answer does not bring it back", () => {
    store.hide("d1");
    expect(store.state.hidden.has("d1")).toBe(true);
    store.settle("d1", 20);
    expect(listed()).toEqual(["d2", "d3"]);
    store.receiveFirst(page(["d1", "d2", "d3"], 15));
    expect(listed()).toEqual(["d2", "d3"]);
    store.receiveMore(page(["d1", "d4"], 19));
    expect(listed()).toEqual(["d2", "d3", "d4"]);
  });

  it("that is refused leaves the item where it was", () => {
    store.hide("d2");
    store.restore("d2", null);
    expect(store.state.hidden.size).toBe(0);
    expect(listed()).toEqual(["d1", "d2", "d3"]);
  });

  it("that is taken back lets lists bring the item again", () => {
    store.hide("d2");
    store.settle("d2", 20);
    store.restore("d2", null);
    store.receiveFirst(page(["d1", "d2", "d3"], 21));
    expect(listed()).toEqual(["d1", "d2", "d3"]);
  });
});

describe("what others do meanwhile", () => {
  it("marks what is gone, and takes it away only when the hand rests", () => {
    changed("d2", "approved by Ben", []);
    expect(listed()).toEqual(["d1", "d2", "d3"]);
    expect(store.state.gone.get("d2")).toBe("approved by Ben");
    store.rest();
    expect(listed()).toEqual(["d1", "d3"]);
    expect(store.state.gone.size).toBe(0);
  });

  it("keeps what has come aside until the hand rests, then puts it where its urgency says", () => {
    changed("d9", "submitted", [item("d9", 1.5)]);
    expect(listed()).toEqual(["d1", "d2", "d3"]);
    expect([...store.state.arrivals.keys()]).toEqual(["d9"]);
    store.rest();
    expect(listed()).toEqual(["d1", "d9", "d2", "d3"]);
  });

  it("shows an item that still waits as it is now", () => {
    changed("d3", "escalated", [{ ...item("d3"), escalationLevel: 1 }]);
    expect(store.state.queues.batch?.items.at(2)?.escalationLevel).toBe(1);
    expect(store.state.gone.size).toBe(0);
  });

  it("brings back what was taken back before anybody looked away", () => {
    changed("d2", "approved by Ben", []);
    changed("d2", "taken back by Ben", [item("d2")]);
    store.rest();
    expect(listed()).toEqual(["d1", "d2", "d3"]);
  });

  it("forgets an arrival that somebody has decided before it was seen", () => {
    changed("d9", "submitted", [item("d9", 1.5)]);
    changed("d9", "approved by Ben", []);
    store.rest();
    expect(listed()).toEqual(["d1", "d2", "d3"]);
  });

  it("does not bring in what was decided here after the question was asked", () => {
    store.hide("d2");
    store.settle("d2", 60);
    changed("d2", "approved", [item("d2")], 50);
    store.rest();
    expect(listed()).toEqual(["d1", "d3"]);
  });

  it("leaves what comes behind the pages that were read to its page", () => {
    store = new InboxStore();
    store.receiveFirst(page(["d1", "d2"], 10, "next"));
    changed("d9", "submitted", [item("d9")]);
    store.rest();
    expect(listed()).toEqual(["d1", "d2"]);
  });

  it("of a queue that was never read changes nothing", () => {
    store.receiveChanged("named", new Map([["d9", "submitted"]]), [item("d9")], 50);
    store.rest();
    expect(store.state.queues.named).toBeNull();
  });
});

describe("screens", () => {
  const screen = (id: string, readAt: number) =>
    ({ screen: { draft: { id } }, readAt }) as Parameters<InboxStore["receiveScreen"]>[0];

  it("are kept by their reading: an older one never replaces a newer", () => {
    store.receiveScreen(screen("d1", 5));
    store.receiveScreen(screen("d1", 3));
    expect(store.state.screens.get("d1")?.readAt).toBe(5);
  });

  it("make room for others, the one read longest ago first", () => {
    for (let n = 0; n < 50; n += 1) store.receiveScreen(screen(`s${n}`, n));
    expect(store.state.screens.size).toBe(40);
    expect(store.state.screens.has("s9")).toBe(false);
    expect(store.state.screens.has("s10")).toBe(true);
  });
});
