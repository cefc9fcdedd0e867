import { describe, expect, it } from "vitest";
import { formatDate, localTime, mondayOf } from "./local-days";

describe("days on a zone's calendar", () => {
  it("are those of the zone", () => {
    const at = new Date("2026-03-01T22:30:00Z");
    expect(localTime(at, "America/New_York")).toEqual({ date: "2026-03-01", clock: "17:30" });
    expect(localTime(at, "Asia/Kathmandu")).toEqual({ date: "2026-03-02", clock: "04:15" });
    expect(localTime(new Date("2026-03-01T00:00:00Z"), "UTC").clock).toBe("00:00");
  });

  it("are written with their year when it is another", () => {
    expect(formatDate("2026-03-02", "2026")).toBe("Mon 2 Mar");
    expect(formatDate("2027-01-10", "2026")).toBe("Sun 10 Jan 2027");
  });

  it("belong to weeks that begin on Monday", () => {
    expect(mondayOf("2026-03-02")).toBe("2026-03-02");
    expect(mondayOf("2026-03-08")).toBe("2026-03-02");
    expect(mondayOf("2026-01-01", 1)).toBe("2026-01-05");
  });
});
