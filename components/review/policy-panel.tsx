import { Panel } from "@/components/ui/panel";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { ReviewScreen } from "@/lib/drafts/types";
import { type Block, markdownBlocks, type Span } from "./markdown-blocks";

/** What the policy says of this case, in its own words, and the rule as the file has it. */
export function PolicyPanel({ policy }: { policy: ReviewScreen["policy"] }) {
  return (
    <Panel title="Policy" aside={<code className="font-mono">{policy.versionId}</code>}>
      {policy.excerpt ? (
        <blockquote className="border-l-2 pl-2.5 text-xs">
          <h3 className="font-medium">{policy.excerpt.heading}</h3>
          <div className="space-y-1 text-muted">
            {withKeys(markdownBlocks(policy.excerpt.text)).map(({ key, value }) => (
              <BlockView key={key} block={value} />
            ))}
          </div>
        </blockquote>
      ) : (
        <p className="text-muted text-sm">The policy's text has no section for this rule.</p>
      )}
      {policy.ruleSource !== null && (
        <details className="mt-1.5">
          <summary className="font-medium text-accent text-xs">The rule as written</summary>
          <ScrollRegion label="Rule" className="mt-1 max-h-60 overflow-auto rounded-md bg-sunken p-2">
            <pre className="font-mono text-xs">{JSON.stringify(policy.ruleSource, null, 2)}</pre>
          </ScrollRegion>
        </details>
      )}
    </Panel>
  );
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case "heading":
      return (
        <p className="font-medium text-ink">
          <Spans spans={block.spans} />
        </p>
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

/** Parts of a text never move, so their position is their identity. */
const withKeys = <Value,>(values: Value[]) => values.map((value, key) => ({ key, value }));
