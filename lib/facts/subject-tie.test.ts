import { describe, expect, it } from "vitest";
import { settleSubject, subjectIdIn } from "./subject-tie";

const tie = { type: "customer", fact: "order_customer", lookedUp: ["vip"], computed: ["subject_amount_24h"] };
const at = "2026-11-21T08:00:00.000Z";
const settle = (value: unknown, claimed = { type: "customer", id: "cus_1" }) =>
  settleSubject(tie, claimed, { order_customer: { value, source: "orders", at } });

describe("whom a draft is about", () => {
  it("is settled when the trusted fact agrees with what the draft says", () => {
    expect(settle("cus_1")).toEqual({ subject_mismatch: { value: false, source: "orders", at } });
    expect(settle(7, { type: "customer", id: "7" })).toMatchObject({ subject_mismatch: { value: false } });
  });

  it.each([
    [{ type: "customer", id: "cus_2" }],
    [{ type: "company", id: "cus_1" }],
    [{ type: "customer", id: "CUS_1" }],
  ])("is another than %j, which says so and counts no totals of the one claimed", (claimed) => {
    const note = `order customer is customer cus_1, the draft says ${claimed.type} ${claimed.id}`;
    expect(settle("cus_1", claimed)).toEqual({
      subject_mismatch: { value: true, source: "orders", at, note },
      subject_amount_24h: { value: null, source: "orders", note },
    });
  });

  it.each([[null], [undefined], [""], [true], [["cus_1"]], [{}]])(
    "is unknown, with all that hangs on it, by %j",
    (value) => {
      const unknown = { value: null, source: "orders", note: "order customer is unknown" };
      expect(settle(value)).toEqual({ subject_mismatch: unknown, vip: unknown, subject_amount_24h: unknown });
    },
  );

  it("is another for certain when only the type is wrong", () => {
    expect(settle(null, { type: "company", id: "cus_1" })).toMatchObject({
      subject_mismatch: { value: true, note: "it is about a customer, the draft says company cus_1" },
      vip: { value: null },
    });
    expect(settleSubject(tie, { type: "customer", id: "cus_1" }, {}).subject_mismatch?.value).toBeNull();
  });

  it("is a text or a number", () => {
    expect([
      subjectIdIn({ value: 7, source: "s" }),
      subjectIdIn({ value: "a", source: "s" }),
      subjectIdIn(undefined),
    ]).toEqual(["7", "a", null]);
  });
});
