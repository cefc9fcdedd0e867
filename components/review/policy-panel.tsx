import { Panel } from "@/components/ui/panel";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { ReviewScreen } from "@/lib/drafts/types";
import { MarkdownView } from "./markdown-view";

/** What the policy says of this case, in its own words, and the rule as the file has it. */
export function PolicyPanel({ policy }: { policy: ReviewScreen["policy"] }) {
  return (
    <Panel title="Policy" aside={<code className="font-mono">{policy.versionId}</code>}>
      {policy.excerpt ? (
        <blockquote className="border-l-2 pl-2.5 text-xs">
          <h3 className="font-medium">{policy.excerpt.heading}</h3>
          <div className="space-y-1 text-muted">
            <MarkdownView markdown={policy.excerpt.text} heading="h4" />
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
