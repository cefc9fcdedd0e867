import { describe, expect, it } from "vitest";
import { splitMarks } from "./split-marks";

describe("marking payload values in evidence", () => {
  it("marks every occurrence, the longest first, and takes marks literally", () => {
    expect(splitMarks("pay $1.00 to a.b, a.bc", ["a.b", "a.bc", "$1.00"])).toEqual([
      { text: "pay ", marked: false },
      { text: "$1.00", marked: true },
      { text: " to ", marked: false },
      { text: "a.b", marked: true },
      { text: ", ", marked: false },
      { text: "a.bc", marked: true },
    ]);
    expect(splitMarks("axb", ["a.b"])).toEqual([{ text: "axb", marked: false }]);
  });
});
