import { describe, expect, it } from "vitest";
import { lineSpans, markdownBlocks } from "./markdown-blocks";

describe("policy prose", () => {
  it("reads paragraphs, lists and headings", () => {
    const blocks = markdownBlocks(
      "### Why\n\nFirst line\nsecond line.\n- one\n- two\n  goes on\n\n1. a\n2. b",
    );
    expect(blocks).toMatchObject([
      { kind: "heading" },
      { kind: "paragraph", spans: [{ text: "First line second line." }] },
      { kind: "list", ordered: false, items: [[{ text: "one" }], [{ text: "two" }, { text: " goes on" }]] },
      { kind: "list", ordered: true, items: [[{ text: "a" }], [{ text: "b" }]] },
    ]);
  });

  it("keeps HTML, links and images as the text they are", () => {
    const text = "<img src=x onerror=alert(1)> [click](javascript:alert(1)) ![x](https://evil.example/p.png)";
    expect(markdownBlocks(text)).toEqual([{ kind: "paragraph", spans: [{ text, style: "plain" }] }]);
  });

  it("sets off bold, emphasis and code, and leaves unpaired marks and snake_case alone", () => {
    expect(lineSpans("At most **50** and `order_status` is *pending*, see order_total_amount **")).toEqual([
      { text: "At most ", style: "plain" },
      { text: "50", style: "strong" },
      { text: " and ", style: "plain" },
      { text: "order_status", style: "code" },
      { text: " is ", style: "plain" },
      { text: "pending", style: "emphasis" },
      { text: ", see order_total_amount **", style: "plain" },
    ]);
  });

  it("keeps code that is never closed", () => {
    expect(markdownBlocks("```\na\n# b")).toEqual([{ kind: "code", text: "a\n# b" }]);
  });
});
