import { describe, expect, it } from "vitest";
import { pathOf, type View, viewOf } from "./view";

const read = (path: string) => {
  const url = new URL(path, "http://localhost");
  return viewOf(url.pathname, url.searchParams);
};

describe("the address of a view", () => {
  const views: View[] = [
    { queue: "batch", filters: {}, id: null, from: null },
    { queue: "named", filters: { q: "blue & 50%", tiers: ["high"], minAmount: 20 }, id: null, from: null },
    { queue: "after", filters: {}, id: "drf_1", from: null },
    { queue: "batch", filters: { q: "kettle" }, id: "drf_1", from: "history" },
    { queue: "batch", filters: {}, id: "drf_2", from: "batch" },
  ];
  it.each(views)("leads back to it: %j", (view) => {
    expect(read(pathOf(view))).toEqual(view);
  });

  it("is the batch queue's where it names none, or one there is not", () => {
    expect(read("/inbox")).toEqual({ queue: "batch", filters: {}, id: null, from: null });
    expect(read("/inbox?queue=__proto__")?.queue).toBe("batch");
  });

  it("is nobody's outside the inbox", () => {
    for (const path of ["/history", "/inbox/batch?of=drf_1", "/inbox/a/b", "/organisation"])
      expect(read(path)).toBeNull();
  });
});
