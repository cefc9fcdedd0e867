import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expandUrlTemplate, parseUrlTemplate } from "./url-template";

const expand = (template: string, payload: unknown) =>
  expandUrlTemplate(parseUrlTemplate(template)!, payload);

describe("a URL template", () => {
  it("takes values of the payload, percent-encoded", () => {
    expect(
      expand("https://shop.example.com/orders/{/order/id}?lang={/lang}", {
        order: { id: "#W 1/2" },
        lang: "a&b=c",
      }),
    ).toEqual({ url: "https://shop.example.com/orders/%23W%201%2F2?lang=a%26b%3Dc" });
    expect(expand("http://127.0.0.1:8080/{/a}-{/b}", { a: 7, b: "x" })).toEqual({
      url: "http://127.0.0.1:8080/7-x",
    });
    expect(expand("https://shop.example.com", {})).toEqual({ url: "https://shop.example.com" });
  });

  it.each([
    "shop.example.com/orders",
    "ftp://shop.example.com/",
    "https://{/host}/orders",
    "https://shop.example.com{/path}",
    "https://shop.example.com:{/port}/",
    "https://me:secret@shop.example.com/",
    "https://shop.example.com/{order_id}",
    "https://shop.example.com/{}",
    "https://shop.example.com/{/a",
    "https://shop.example.com/a}",
    "https://shop.example.com/a b",
    "https://shop.example.com/a#{/b}",
    "https://shop.example.com/a/../b",
    "https://shop.example.com\\@evil.example/{/a}",
    "https://:0/",
    "",
  ])("is not %j", (text) => expect(parseUrlTemplate(text)).toBeNull());

  it.each([[undefined], [null], [""], [true], [["a"]], [{}], ["x".repeat(501)], ["\ud800"], [".."], ["."]])(
    "makes no URL of %j",
    (id) => expect(expand("https://shop.example.com/orders/{/id}/items", { id })).toHaveProperty("why"),
  );

  it("never lets two values together climb to another path", () => {
    expect(expand("https://shop.example.com/orders/{/a}{/b}", { a: ".", b: "." })).toHaveProperty("why");
  });

  it("stays at its host and under its path, whatever the payload holds", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: "binary" }),
          fc.webUrl(),
          fc.constantFrom("../..", "%2e%2e", "..;", "//x"),
        ),
        (id) => {
          const made = expand("https://shop.example.com/orders/{/id}", { id });
          if ("why" in made) return;
          const { origin, pathname, search, hash } = new URL(made.url);
          expect({ origin, search, hash }).toEqual({
            origin: "https://shop.example.com",
            search: "",
            hash: "",
          });
          expect(pathname).toBe(`/orders/${encodeURIComponent(id)}`);
        },
      ),
    );
  });
});
