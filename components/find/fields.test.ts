import { describe, expect, it } from "vitest";
import {
  type AllFilters,
  type FieldKey,
  fieldsOf,
  isOn,
  type ListName,
  type Naming,
  rulesOf,
  without,
} from "./fields";

const naming: Naming = {
  options: {
    types: [
      { id: "send_email", title: "Send e-mail", rules: ["low #1", "default"] },
      { id: "grant_access", title: "Grant access", rules: ["low #1", "large"] },
    ],
    agents: [],
  },
  personName: (id) => (id === "per_ann" ? "Ann" : null),
};
const field = (list: ListName, key: FieldKey) => fieldsOf(list).find((each) => each.key === key)!;
const words = (list: ListName, key: FieldKey, filters: AllFilters) => field(list, key).words(filters, naming);

describe("a filter in words", () => {
  it("names what is chosen, and counts what is much", () => {
    expect(words("inbox", "type", { types: ["send_email", "refund"] })).toBe("Send e-mail, refund");
    expect(words("inbox", "tier", { tiers: ["low", "medium", "high"] })).toBe("Low and 2 more");
    expect(words("history", "rule", { rules: ["low #1", "a rule of before"] })).toBe(
      "low #1, a rule of before",
    );
    expect(words("history", "decidedBy", { decidedBy: "per_ann" })).toBe("Ann");
    expect(words("history", "decidedBy", { decidedBy: "per_gone" })).toBe("somebody else");
  });

  it("says a range by the ends it has", () => {
    expect(words("inbox", "amount", { minAmount: 1000, maxAmount: 2000.5 })).toBe("1,000 – 2,000.5");
    expect(words("inbox", "amount", { maxAmount: 5 })).toBe("up to 5");
    expect(words("history", "decided", { from: "2026-11-16" })).toBe("from 16 Nov 2026");
    expect(words("history", "decided", { from: "2026-11-16", to: "2026-11-16" })).toBe("16 Nov 2026");
    expect(words("history", "decided", { period: "7d" })).toBe("last 7 days");
  });

  it("says times in their largest unit", () => {
    expect(words("inbox", "due", { dueWithinHours: 2 })).toBe("under 2 h");
    expect(words("inbox", "age", { olderThanHours: 72 })).toBe("over 3 d");
  });
});

describe("a field", () => {
  it("is on while one of its filters narrows the list", () => {
    expect(isOn(field("inbox", "amount"), { maxAmount: 0 })).toBe(true);
    expect(isOn(field("inbox", "tier"), { tiers: [] })).toBe(false);
    expect(isOn(field("history", "automatic"), { automatic: false })).toBe(true);
    expect(isOn(field("history", "decided"), { zone: "UTC" })).toBe(false);
  });

  it("goes with all that it set", () => {
    expect(without(field("history", "decided"), { from: "2026-11-16", zone: "UTC", q: "x" })).toEqual({
      q: "x",
    });
  });
});

it("offers the rules of the types that are chosen, each name once, and of all types while none is", () => {
  expect(rulesOf(naming.options, { types: ["grant_access"] })).toEqual(["low #1", "large"]);
  expect(rulesOf(naming.options, {})).toEqual(["low #1", "default", "large"]);
  expect(rulesOf(naming.options, { types: ["gone"] })).toEqual([]);
});
