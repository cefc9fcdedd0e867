import Link from "next/link";
import { PageFrame } from "@/components/organisation/page-frame";
import { MarkdownView } from "@/components/review/markdown-view";
import { CopyButton } from "@/components/ui/copy-button";
import { formatUtc } from "@/components/ui/format-time";
import { Panel } from "@/components/ui/panel";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { TierBadge } from "@/components/ui/tier-badge";
import type { PolicyView } from "@/lib/policy-files/get-policy-view";
import { Chip } from "./chip";
import { FactSources } from "./fact-sources";
import { GoldenCases } from "./golden-cases";
import { HeldLines } from "./held-lines";
import { RulesTable } from "./rules-table";
import { TryFacts, type TryOut } from "./try-facts";
import { VersionHistory } from "./version-history";
import { attributeWords } from "./words";

/** One policy as it is in force: its rules with the prose beside them, a box to try facts, its cases and its history. */
export function PolicyPage({ policy, tryOut }: { policy: PolicyView; tryOut: TryOut }) {
  const recorded = policy.versions.versions.find(({ inForce }) => inForce);
  return (
    <PageFrame
      title={policy.title}
      description={policy.description}
      actions={
        <Link
          href="/organisation/policies"
          className="inline-flex min-h-9 items-center font-medium text-accent text-sm underline-offset-2 hover:underline"
        >
          All policies
        </Link>
      }
    >
      <div className="-mt-2 mb-3">
        <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1 text-muted text-xs">
          <code className="font-mono [overflow-wrap:anywhere]">{policy.versionId}</code>
          {recorded && <span>recorded {formatUtc(recorded.recordedAt)}</span>}
          {policy.prohibited && <TierBadge tier="prohibited" />}
          {attributeWords(policy.attributes).map(({ text, grave }) => (
            <Chip key={text} look={grave ? "warn" : "plain"}>
              {text}
            </Chip>
          ))}
          <Chip>{policy.executor === "agent" ? "agent executes" : "webhook executes"}</Chip>
        </p>
        <HeldLines holds={policy.holds} />
      </div>
      <div className="grid gap-3 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="min-w-0 space-y-3">
          <Panel title="Rules" aside={policy.prohibited ? null : "the first whose conditions hold decides"}>
            <RulesTable policy={policy} />
          </Panel>
          <Panel title="Facts" aside="where each comes from">
            <FactSources policy={policy} />
          </Panel>
        </div>
        <Panel title="Prose" aside={<code className="font-mono">policy.md</code>} className="self-start">
          <div className="space-y-2 pt-0.5 text-muted text-sm [&>h3:not(:first-child)]:pt-2">
            {policy.prose.trim() === "" ? (
              <p>This policy has no prose: approvers are quoted nothing.</p>
            ) : (
              <MarkdownView markdown={policy.prose} heading="h3" />
            )}
          </div>
        </Panel>
      </div>
      <div className="mt-3 space-y-3">
        {!policy.prohibited && (
          <TryFacts
            actionType={policy.actionType}
            facts={policy.facts}
            cases={policy.golden.ok ? policy.golden.cases : []}
            tryOut={tryOut}
          />
        )}
        <GoldenCases golden={policy.golden} prohibited={policy.prohibited} />
        <VersionHistory actionType={policy.actionType} history={policy.versions} />
        <details className="rounded-lg border bg-surface">
          <summary className="px-3 py-2 font-semibold text-xs">policy.json in force</summary>
          <div className="relative px-3 pb-3">
            <div className="absolute top-1 right-5">
              <CopyButton text={policy.source} label="Copy policy.json" />
            </div>
            <ScrollRegion
              label="policy.json"
              className="max-h-[32rem] overflow-auto rounded-md bg-sunken p-2"
            >
              <pre className="font-mono text-xs">{policy.source}</pre>
            </ScrollRegion>
          </div>
        </details>
      </div>
    </PageFrame>
  );
}
