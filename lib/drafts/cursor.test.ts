import { describe, expect, it } from "vitest";
import { readCursor, writeCursor } from "./cursor";

describe("a page cursor", () => {
  it("comes back as it was written", () => {
    const at = new Date("2026-11-20T12:00:00.123Z");
    expect(readCursor(writeCursor(at, "drf_01KAXYZ"))).toEqual({ at, id: "drf_01KAXYZ" });
    expect(readCursor(undefined)).toBeNull();
  });
  it.each(["x", "bm90IGEgY3Vyc29y", Buffer.from("2026-01-01 ' OR 1=1").toString("base64url"), "💥"])(
    "is refused when it was made up: %s",
    (cursor) => expect(() => readCursor(cursor)).toThrow(/cursor/),
  );
});
