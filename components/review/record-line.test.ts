import { describe, expect, it } from "vitest";
import { recordLine } from "./record-line";

describe("a record on one line", () => {
  it("leaves no leaf out", () => {
    const value = { name: { first: "Ann" }, tags: ["a", { b: [1, null] }], ok: false, none: {}, list: [] };
    expect(recordLine(value)).toBe("name (first Ann) · tags a, b 1, — · ok no · none (empty) · list none");
  });

  it("writes an address as people do, unless there is more to it", () => {
    const address = {
      address1: "1 High St",
      address2: "",
      city: "Oslo",
      state: "NO",
      zip: "0150",
      country: "Norway",
    };
    expect(recordLine(address)).toBe("1 High St, Oslo, NO, 0150, Norway");
    expect(recordLine({ ...address, gate: 7 })).toContain("gate 7");
  });
});
