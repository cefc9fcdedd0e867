import { describe, expect, it } from "vitest";
import { tsqueryOf } from "./tsquery-of";
import { searchedWords, wordsOf } from "./words";

const words = (text: string) => [...wordsOf(text)];

describe("the words of a text", () => {
  it("are lower-cased, without accents, full-width forms and thousands separators", () => {
    expect(words("Café RÉSUMÉ １２ $12,345")).toEqual(["cafe", "resume", "12", "12345"]);
  });

  it("have ids, addresses and numbers whole and in parts", () => {
    expect(words("#W2611340")).toEqual(["w2611340"]);
    expect(words("cus_1")).toEqual(["cus_1", "cus", "1"]);
    expect(words("<ann.lee@shop.org>")).toEqual(["ann.lee@shop.org", "ann", "lee", "shop", "org"]);
    expect(words("54.04")).toEqual(["54.04", "54", "04"]);
  });

  it("end where a sentence does", () => {
    expect(words("Refund it. Now!")).toEqual(["refund", "it", "now"]);
  });

  it("are single characters where a script has no spaces", () => {
    expect(words("退款 ok")).toEqual(["退款", "退", "款", "ok"]);
  });

  it("are cut at 64 characters, never in the middle of one", () => {
    expect(words("𝒳".repeat(100))).toEqual(["x".repeat(64)]);
    expect(words("𐐨".repeat(100))).toEqual(["𐐨".repeat(64)]);
  });

  it("are none in punctuation, lone surrogates and invisible characters", () => {
    expect(words("!!! ' \\ \u0000 \ud800 \u202e\u200b")).toEqual([]);
  });
});

describe("what a search has to find", () => {
  it("is each word, a name whole and anything else in parts", () => {
    expect(searchedWords("well-known cus_1 a@b.org")).toEqual(["well", "known", "cus_1", "a@b.org"]);
    expect(searchedWords("#W2611340, $1,234.50")).toEqual(["w2611340", "1234.50"]);
  });

  it("is at most sixteen words of the first 500 characters, however much is typed", () => {
    expect(searchedWords("a1 b2 ".repeat(5000))).toEqual(["a1", "b2"]);
    expect(searchedWords(Array.from({ length: 100 }, (_, n) => `w${n}`).join(" "))).toHaveLength(16);
  });

  it("becomes a query in which nothing typed is an operator", () => {
    expect(tsqueryOf("Order | ! (x) & 'y' <-> z:*\\")).toBe("'order':* & 'x':* & 'y':* & 'z':*");
    expect(tsqueryOf(" '&|!()<>:*\\ ")).toBeNull();
  });
});
