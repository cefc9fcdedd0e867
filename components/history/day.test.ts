import { describe, expect, it } from "vitest";
import { dayIn, dayLabel } from "./day";

describe("the day of a decision", () => {
  it("is the reader's", () => {
    const at = Date.parse("2026-11-20T23:30:00Z");
    expect(dayIn("UTC", at)).toBe("2026-11-20");
    expect(dayIn("Europe/Berlin", at)).toBe("2026-11-21");
  });

  it("is named by how far back it is", () => {
    const label = (day: string) => dayLabel(day, "2026-03-01");
    expect(label("2026-03-01")).toBe("Today");
    expect(label("2026-02-28")).toBe("Yesterday");
    expect(label("2026-02-23")).toBe("Mon 23 Feb");
    expect(label("2025-11-16")).toBe("Sun 16 Nov 2025");
  });
});
