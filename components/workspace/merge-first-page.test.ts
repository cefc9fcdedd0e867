import { describe, expect, it } from "vitest";
import { mergeFirstPage } from "./merge-first-page";

const items = (ids: string) => [...ids].map((id) => ({ id }));
const ids = (result: { items: { id: string }[] }) => result.items.map(({ id }) => id).join("");

describe("refreshing the first page of a longer list", () => {
  it("drops what was decided and keeps the pages behind", () => {
    expect(ids(mergeFirstPage(items("abcdef"), items("acd")))).toBe("acdef");
  });

  it("takes in what is new without doubling anything", () => {
    expect(ids(mergeFirstPage(items("abcdef"), items("xab")))).toBe("xabcdef");
    expect(ids(mergeFirstPage(items("abcd"), items("db")))).toBe("dbc");
  });

  it("starts over when the lists no longer meet", () => {
    expect(mergeFirstPage(items("abcdef"), items("xyz"))).toEqual({ items: items("xyz"), keepsTail: false });
    expect(ids(mergeFirstPage(items("abc"), []))).toBe("");
  });
});
