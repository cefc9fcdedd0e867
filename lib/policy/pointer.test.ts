import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePointer, readPointer, toPointer } from "./pointer";

const document = { foo: ["bar", "baz"], "": 0, "a/b": 1, "m~n": 8, nil: null };

describe("JSON Pointer (RFC 6901)", () => {
  it.each([
    ["", document],
    ["/foo", ["bar", "baz"]],
    ["/foo/0", "bar"],
    ["/", 0],
    ["/a~1b", 1],
    ["/m~0n", 8],
    ["/nil", null],
  ])("%s names its value", (pointer, value) => {
    expect(readPointer(document, pointer)).toEqual(value);
  });

  it.each([
    "/foo/2",
    "/foo/-",
    "/foo/01",
    "/foo/length",
    "/toString",
    "/nil/x",
    "foo",
    "/m~2n",
    "/__proto__",
  ])("%s names nothing", (pointer) => {
    expect(readPointer(document, pointer)).toBeUndefined();
  });

  it("reads back whatever was written", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (segments) => {
        expect(parsePointer(toPointer(segments))).toEqual(segments);
      }),
    );
  });
});
