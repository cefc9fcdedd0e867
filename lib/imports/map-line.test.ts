import { describe, expect, it } from "vitest";
import { csvCell, jsonCell, mapLine } from "./map-line";
import { parseMapping } from "./mapping";

const map = (columns: Record<string, unknown>, record: Record<string, string>, constants = {}) =>
  mapLine(parseMapping({ columns, constants }), record, csvCell);

describe("a mapping", () => {
  it("makes a decision of columns, constants, translated values, numbers and dates", () => {
    const columns = {
      Ticket: "/external_id",
      Customer: ["/subject/id", "/payload/customer"],
      Result: { to: "/outcome", values: { yes: "approved", no: "rejected" } },
      Amount: { to: "/payload/amount", type: "number", decimal: ",", group: ".", unit: "€" },
      Cents: { to: "/amount", type: "number", divide_by: 100 },
      Closed: { to: "/decided_at", type: "date", format: "dd.MM.yyyy HH:mm", zone: "Europe/Berlin" },
      Vip: { to: "/facts/vip", type: "boolean" },
      Months: { to: "/facts/customer_months", type: "number", empty: 0 },
      Request: "/evidence/0/content",
      Note: null,
    };
    const record = {
      Ticket: "T-1",
      Customer: " cus_1 ",
      Result: "no",
      Amount: "1.234,50 €",
      Cents: "1999",
      Closed: "31.03.2026 09:30",
      Vip: "TRUE",
      Months: "",
      Request: "It broke",
      Note: "internal",
    };
    const constants = {
      "/action_type": "refund",
      "/subject/type": "customer",
      "/evidence/0/kind": "message",
      "/evidence/0/title": "Request",
    };
    expect(map(columns, record, constants)).toEqual({
      value: {
        action_type: "refund",
        external_id: "T-1",
        subject: { type: "customer", id: "cus_1" },
        payload: { customer: "cus_1", amount: 1234.5 },
        outcome: "rejected",
        amount: 19.99,
        decided_at: "2026-03-31T07:30:00.000Z",
        facts: { vip: true, customer_months: 0 },
        evidence: [{ kind: "message", title: "Request", content: "It broke" }],
      },
    });
  });

  it("names the column of each cell that it cannot read", () => {
    const columns = {
      Result: { to: "/outcome", values: { yes: "approved" } },
      Amount: { to: "/amount", type: "number" },
      Closed: { to: "/decided_at", type: "date" },
      Vip: { to: "/facts/vip", type: "boolean" },
      Extra: { to: "/payload", type: "json" },
    };
    const record = { Result: "perhaps", Amount: "1,5", Closed: "soon", Vip: "ja", Extra: "{" };
    const mapped = map(columns, record);
    expect(mapped).toMatchObject({
      problems: Object.keys(columns).map((path) => ({ path })),
    });
  });

  it("leaves out what is empty, and reads a cell of JSON as strictly as everything else", () => {
    const columns = { A: "/summary", B: { to: "/payload", type: "json" } };
    expect(map(columns, { A: "  ", B: '{"a":1}' })).toEqual({ value: { payload: { a: 1 } } });
    expect(map(columns, { A: "x", B: '{"a":1,"a":2}' })).toMatchObject({ problems: [{ path: "B" }] });
  });

  it("takes columns of a line of JSON by pointer", () => {
    const columns = {
      "/verdict/ok": { to: "/outcome", values: { true: "approved" } },
      "/at": { to: "/decided_at", type: "date", format: "unix" },
    };
    const line = { verdict: { ok: true }, at: 1_770_000_000 };
    expect(mapLine(parseMapping({ columns }), line, jsonCell)).toEqual({
      value: { outcome: "approved", decided_at: "2026-02-02T02:40:00.000Z" },
    });
  });

  it("that puts one value in another's way says so", () => {
    expect(map({ A: "/payload", B: "/payload/amount" }, { A: "text", B: "1" })).toMatchObject({
      problems: [{ path: "/payload/amount" }],
    });
    expect(map({ A: "/evidence/0/title", B: "/evidence/note" }, { A: "text", B: "1" })).toMatchObject({
      problems: [{ path: "/evidence/note", message: "leads into a list by a name" }],
    });
  });
});

describe("a mapping file", () => {
  it.each([
    ["a field that no decision has", { columns: { A: "/verdict" } }, "/columns/A"],
    ["no pointer", { columns: { A: "outcome" } }, "/columns/A"],
    ["a prototype", { columns: { A: "/payload/__proto__/x" } }, "/columns/A"],
    ["an unknown option", { columns: { A: { to: "/outcome", kind: "x" } } }, "/columns/A"],
    ["a zone that is none", { columns: { A: { to: "/decided_at", zone: "Mars" } } }, "/columns/A"],
    ["a pattern without a year", { columns: { A: { to: "/decided_at", format: "dd.MM" } } }, "/columns/A"],
    [
      "an encoding of two bytes",
      { columns: { A: "/summary" }, csv: { encoding: "utf-16le" } },
      "/csv/encoding",
    ],
    ["no columns", { columns: {} }, "/columns"],
    ["a misspelt part", { columns: { A: "/summary" }, constant: {} }, ""],
  ])("with %s is refused with its place", (_, input, path) => {
    expect(() => parseMapping(input)).toThrow();
    try {
      parseMapping(input);
    } catch (error) {
      const { fields } = (error as { details: { fields: { path: string }[] } }).details;
      expect(fields[0]!.path.startsWith(path)).toBe(true);
    }
  });
});
