import { describe, expect, it } from "vitest";
import { DRAFT_STATUSES } from "@/lib/drafts/types";
import { contentOf, costOf, progressOf, stepOf, textOf, whereaboutsOf } from "./request-words";

const NOW = Date.parse("2026-11-21T10:00:00Z");

describe("the progress of a request", () => {
  it("says what happens, and when a model that is away is tried again", () => {
    const waiting = { because: "The model's endpoint fails (503).", until: "2026-11-21T10:00:05.000Z" };
    const writing = { status: "writing", attempts: 1 } as const;
    expect(progressOf({ ...writing, waiting }, NOW)).toBe(
      "The model's endpoint fails (503). Tried again in 5 s.",
    );
    expect(progressOf({ ...writing, waiting }, NOW + 9_000)).toMatch(/tried again now/);
    expect(progressOf({ ...writing, waiting: null }, NOW)).toMatch(/writes it again/);
    expect(progressOf({ ...writing, attempts: 0, waiting: null }, NOW)).toBe("The model writes the draft.");
  });

  it("shows one that ended on the way where it ended", () => {
    expect(stepOf({ status: "failed", attempts: 2 })).toBe(1);
    expect(stepOf({ status: "cancelled", attempts: 0 })).toBe(0);
    expect(stepOf({ status: "submitted", attempts: 1 })).toBe(3);
  });

  it("has words for every status of a draft", () => {
    for (const status of DRAFT_STATUSES) {
      expect(whereaboutsOf({ status, tier: "low", route: null, summary: "" })).toMatch(/\.$/);
    }
  });
});

describe("what a request cost", () => {
  it("is said in tokens and calls, once there are any", () => {
    const tokens = { prompt: 1200, completion: 34 };
    expect(costOf({ attempts: 0, tokens: { prompt: 0, completion: 0 }, model: null })).toBeNull();
    expect(costOf({ attempts: 1, tokens, model: "gpt" })).toBe("gpt asked once · 1,234 tokens");
    expect(costOf({ attempts: 3, tokens, model: "gpt" })).toBe("gpt asked 3 times · 1,234 tokens");
  });
});

describe("an attached record", () => {
  it("is JSON where it is an object or a list, and text otherwise; it can be typed again", () => {
    expect(contentOf(' {"a": 1}')).toEqual({ content: { a: 1 }, isJson: true });
    for (const text of ["{half", "12", "Order 7: paid"]) {
      expect(contentOf(text)).toEqual({ content: text, isJson: false });
      expect(textOf(text)).toBe(text);
    }
    expect(contentOf(textOf([{ a: [1] }])).content).toEqual([{ a: [1] }]);
  });
});
