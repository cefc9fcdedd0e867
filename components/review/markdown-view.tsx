import { withKeys } from "@/components/ui/with-keys";
import { type Block, markdownBlocks, type Span } from "./markdown-blocks";

/** A policy's prose, drawn from its few kinds of blocks: never as HTML, so nothing in it can become part of the page. */
export function MarkdownView({ markdown, heading }: { markdown: string; heading: "h3" | "h4" }) {
  return withKeys(markdownBlocks(markdown)).map(({ key, value }) => (
    <BlockView key={key} block={value} heading={heading} />
  ));
}

function BlockView({ block, heading: Heading }: { block: Block; heading: "h3" | "h4" }) {
  switch (block.kind) {
    case "heading":
      return (
        <Heading className="font-medium text-ink">
          <Spans spans={block.spans} />
        </Heading>
      );
    case "paragraph":
      return (
        <p>
          <Spans spans={block.spans} />
        </p>
      );
    case "code":
      return <pre className="overflow-x-auto rounded bg-sunken p-2 font-mono text-xs">{block.text}</pre>;
    case "list": {
      const List = block.ordered ? "ol" : "ul";
      return (
        <List className={`${block.ordered ? "list-decimal" : "list-disc"} pl-4`}>
          {withKeys(block.items).map(({ key, value }) => (
            <li key={key}>
              <Spans spans={value} />
            </li>
          ))}
        </List>
      );
    }
  }
}

function Spans({ spans }: { spans: Span[] }) {
  return withKeys(spans).map(({ key, value: { text, style } }) => {
    if (style === "strong")
      return (
        <strong key={key} className="font-semibold text-ink">
          {text}
        </strong>
      );
    if (style === "emphasis") return <em key={key}>{text}</em>;
    if (style === "code")
      return (
        <code key={key} className="font-mono text-xs">
          {text}
        </code>
      );
    return <span key={key}>{text}</span>;
  });
}
