/** A stretch of a line: plain, or set off as the policy's author meant it. Always drawn as text. */
export interface Span {
  text: string;
  style: "plain" | "strong" | "emphasis" | "code";
}

export type Block =
  | { kind: "heading"; spans: Span[] }
  | { kind: "paragraph"; spans: Span[] }
  | { kind: "list"; ordered: boolean; items: Span[][] }
  | { kind: "code"; text: string };

/**
 * The little of Markdown that policies are written in: headings, paragraphs, lists, fenced code, bold, emphasis and
 * code. Anything else (HTML, links, images, tables) stays the text it is, so nothing can be smuggled into the page.
 */
export function markdownBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  let code: string[] | null = null;
  const endParagraph = () => {
    if (paragraph.length) blocks.push({ kind: "paragraph", spans: lineSpans(paragraph.join(" ")) });
    paragraph = [];
  };

  for (const line of markdown.split(/\r?\n/)) {
    if (/^ {0,3}(```|~~~)/.test(line)) {
      if (code) blocks.push({ kind: "code", text: code.join("\n") });
      else endParagraph();
      code = code ? null : [];
      continue;
    }
    if (code) {
      code.push(line);
      continue;
    }
    const heading = /^ {0,3}#{1,6}\s+(.*?)\s*#*$/.exec(line);
    const item = /^\s*(?:([-*+])|\d{1,9}[.)])\s+(.*)$/.exec(line);
    const last = blocks.at(-1);
    if (heading) {
      endParagraph();
      blocks.push({ kind: "heading", spans: lineSpans(heading[1] ?? "") });
    } else if (item) {
      const interrupts = paragraph.length > 0;
      endParagraph();
      const ordered = item[1] === undefined;
      const spans = lineSpans(item[2] ?? "");
      if (!interrupts && last?.kind === "list" && last.ordered === ordered) last.items.push(spans);
      else blocks.push({ kind: "list", ordered, items: [spans] });
    } else if (line.trim() === "") {
      endParagraph();
    } else if (/^\s{2,}\S/.test(line) && last?.kind === "list" && paragraph.length === 0) {
      last.items.at(-1)?.push(...lineSpans(` ${line.trim()}`));
    } else {
      paragraph.push(line.trim());
    }
  }
  endParagraph();
  if (code) blocks.push({ kind: "code", text: code.join("\n") });
  return blocks;
}

/** Splits one line into spans; unpaired marks stay as typed. Linear in the line's length. */
export function lineSpans(line: string): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const match of line.matchAll(/`([^`]+)`|\*\*([^*]+)\*\*|(?<![\w*])[*_]([^*_]+)[*_](?![\w*])/g)) {
    if (match.index > from) spans.push({ text: line.slice(from, match.index), style: "plain" });
    const [whole, code, strong, emphasis] = match;
    if (code !== undefined) spans.push({ text: code, style: "code" });
    else if (strong !== undefined) spans.push({ text: strong, style: "strong" });
    else spans.push({ text: emphasis ?? whole, style: "emphasis" });
    from = match.index + whole.length;
  }
  if (from < line.length) spans.push({ text: line.slice(from), style: "plain" });
  return spans;
}
