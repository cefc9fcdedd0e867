import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Compared, compareColumns } from "./compare-columns";

const schema = {
  type: "object",
  required: ["order_id", "amount"],
  properties: {
    order_id: { type: "string", title: "Order" },
    amount: { type: "number" },
    reason: { type: "string" },
    note: { type: "string" },
    address: { type: "object", properties: { city: { type: "string" } } },
  },
};
const hints = { schema, amountFrom: "/amount" };
const refund = (
  id: number,
  payload: Record<string, unknown> = {},
  facts: Record<string, unknown> = {},
): Compared => ({
  id: String(id),
  payload: { order_id: `ord_${id}`, amount: 20 + id, reason: "damaged", ...payload },
  amount: 20 + id,
  currency: "USD",
  facts: Object.entries(facts).map(([name, value]) => ({ column: `fact:${name}`, name, value })),
});

describe("the columns of a batch", () => {
  it("say once what is the same for all", () => {
    const { same, columns } = compareColumns([refund(1), refund(2), refund(3)], hints);
    expect(same).toEqual([{ key: "/reason", label: "Reason", text: "damaged" }]);
    expect(columns.map(({ label }) => label)).toEqual(["Amount", "Order"]);
  });

  it("show of one draft alone what there is", () => {
    const { same, columns } = compareColumns([refund(1)], hints);
    expect(same).toEqual([]);
    expect(columns.map(({ label }) => label)).toEqual(["Amount", "Order", "Reason"]);
  });

  it("begin with the amount, as money, and end with what tells little", () => {
    const drafts = [
      refund(1, { reason: "late" }, { months: 3 }),
      refund(2, { note: "x" }, { months: 3 }),
      refund(3, {}, { months: null }),
    ];
    const { columns, cells } = compareColumns(drafts, hints);
    expect(columns.map(({ key }) => key)).toEqual(["amount", "fact:months", "/reason", "/note", "/order_id"]);
    expect(cells["3"]).toMatchObject({
      amount: { text: "$23.00" },
      "fact:months": { text: "unknown" },
      "/note": { text: "—" },
    });
  });

  it("call identifiers what the evidence calls them, and then say them before those without a name", () => {
    const drafts = [
      { ...refund(1, { items: ["11", "12"] }), names: new Map([["/items", new Map([["11", "Desk lamp"]])]]) },
      refund(2, { items: ["13"] }),
    ];
    const { columns, cells } = compareColumns(drafts, hints);
    expect(columns.map(({ key }) => key)).toEqual(["amount", "/items", "/order_id"]);
    expect(cells["1"]!["/items"]).toMatchObject({ text: "Desk lamp, 12", ids: "11, 12" });
    expect(cells["2"]!["/items"]).toEqual({ text: "13", standsOut: false, isCut: false });
  });

  it("give the numbers of a fact one count of decimals, unless that would round one", () => {
    const texts = (...totals: (number | null)[]) => {
      const drafts = totals.map((total, at) => refund(at, {}, { total }));
      return Object.values(compareColumns(drafts, hints).cells).map((row) => row["fact:total"]?.text);
    };
    expect(texts(3812.83, 261.4, 40)).toEqual(["3,812.83", "261.40", "40.00"]);
    expect(texts(4, 3, null)).toEqual(["4", "3", "unknown"]);
    expect(texts(0.1234567, 1.5)).toEqual(["0.123457", "1.5"]);
  });

  it("go into objects, and take lists as a whole", () => {
    const drafts = [
      refund(1, { address: { city: "Bonn" }, items: ["a", "b"], lines: [{ id: 1 }] }),
      refund(2, { address: { city: "Ulm" }, items: [], lines: [{ id: 1 }, { id: 2 }] }),
    ];
    const { cells } = compareColumns(drafts, { ...hints, most: 9 });
    expect(cells["1"]).toMatchObject({
      "/address/city": { text: "Bonn" },
      "/items": { text: "a, b" },
      "/lines": { text: "1 entry…", isCut: true },
    });
    expect(cells["2"]).toMatchObject({ "/items": { text: "none" } });
  });

  it("show the first words of long texts, and name what finds no room", () => {
    const drafts = [1, 2].map((id) => refund(id, { note: `${id} ${"word ".repeat(50_000)}` }));
    const { cells, furtherColumns } = compareColumns(drafts, { ...hints, most: 2 });
    expect(furtherColumns).toEqual(["Note"]);
    const wide = compareColumns(drafts, hints);
    expect(wide.cells["1"]?.["/note"]).toMatchObject({ isCut: true });
    expect(wide.cells["1"]?.["/note"]?.text.length).toBeLessThanOrEqual(36);
    expect(Object.keys(cells["1"] ?? {})).toHaveLength(2);
  });

  it("mark the value that few have where most share another", () => {
    const drafts = Array.from({ length: 10 }, (_, i) => refund(i, i === 4 ? { reason: "other" } : {}));
    const { cells } = compareColumns(drafts, hints);
    const marked = Object.entries(cells).filter(([, row]) => row["/reason"]?.standsOut);
    expect(marked.map(([id]) => id)).toEqual(["4"]);
  });

  it("tell a field that is missing from one that is null, and amounts in two currencies apart", () => {
    const missing = compareColumns([refund(1, { note: null }), { ...refund(2), payload: {} }], hints);
    expect(missing.columns.map(({ key }) => key)).toContain("/note");
    const two = [refund(1), { ...refund(1), id: "2", currency: "EUR" }];
    expect(compareColumns(two, hints).columns.map(({ key }) => key)).toEqual(["amount"]);
  });
});

describe("whatever the payloads", () => {
  const payload = fc.dictionary(
    fc.constantFrom("order_id", "reason", "note", "a/b", "~x", "", "__proto__"),
    fc.jsonValue({ maxDepth: 4 }),
  );

  it("every field of each is the same for all, in a column, or named as having no room", () => {
    fc.assert(
      fc.property(fc.array(payload, { minLength: 1, maxLength: 8 }), (payloads) => {
        const drafts = payloads.map(
          (each, i): Compared => ({ id: String(i), payload: each, amount: null, currency: null, facts: [] }),
        );
        const { same, columns, furtherColumns, cells } = compareColumns(drafts, hints);
        const keys = new Set(payloads.flatMap((each) => Object.keys(each)));
        const first = new Set([...same, ...columns].map(({ key }) => key.split("/")[1]));
        expect(first.size + furtherColumns.length).toBeGreaterThanOrEqual(keys.size);
        for (const { id } of drafts) expect(Object.keys(cells[id]!)).toHaveLength(columns.length);
      }),
    );
  });
});
