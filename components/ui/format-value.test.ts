import { describe, expect, it } from "vitest";
import { formatFact, formatLabel, formatMoney, formatPlain } from "./format-value";

describe("values for people", () => {
  it("writes money with its currency, and survives currencies that do not exist", () => {
    expect(formatMoney(2726.65, "USD")).toBe("$2,726.65");
    expect(formatMoney(1000, "JPY")).toBe("¥1,000");
    expect(formatMoney(12.5, "dollars")).toBe("12.50");
    expect(formatMoney(-3, null)).toBe("-3.00");
  });

  it("turns keys into words", () => {
    expect(formatLabel("payment_method_id")).toBe("Payment method id");
    expect(formatLabel("newItemIds")).toBe("New item ids");
  });

  it("puts any value on one line", () => {
    expect(formatPlain(["a", 1, true])).toBe("a, 1, yes");
    expect(formatPlain({ a: [1] })).toBe('{"a":[1]}');
    expect(formatPlain(null)).toBe("—");
    expect(formatPlain(0)).toBe("0");
    expect(formatPlain(20000)).toBe("20000");
    expect(formatFact([2000, "pending"])).toBe("2,000, pending");
  });
});
