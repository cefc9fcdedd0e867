import Link from "next/link";
import { EmptyState, PageFrame } from "@/components/organisation/page-frame";
import { formatUtc } from "@/components/ui/format-time";
import { TierBadge } from "@/components/ui/tier-badge";
import { withKeys } from "@/components/ui/with-keys";
import type { PolicyList as List, PolicyListItem } from "@/lib/policy-files/list-policies";
import { ApproverRuleLink } from "./approver-rule-link";
import { Chip } from "./chip";
import { HeldLines } from "./held-lines";
import { UnassignedPanel } from "./unassigned-panel";
import { attributeWords, policyHref, ROUTE_WORDS } from "./words";

/** Every action type: what its policy does with drafts, what is held back, and whether its golden cases pass. */
export function PolicyList({ list }: { list: List }) {
  return (
    <PageFrame
      title="Policies"
      description="One folder of files per action type decides what runs by itself and who is asked. They are changed in the repository and reviewed like code; here they can be read and tried."
    >
      <UnassignedPanel types={list.unassigned} />
      {list.policies.length === 0 ? (
        <EmptyState title="No policies">
          Add a folder with policy.json and schema.json below POLICIES_DIR, and restart.
        </EmptyState>
      ) : (
        <ul aria-label="Action types" className="divide-y overflow-hidden rounded-lg border bg-surface">
          {list.policies.map((policy) => (
            <PolicyRow key={policy.actionType} policy={policy} />
          ))}
        </ul>
      )}
    </PageFrame>
  );
}

function PolicyRow({ policy }: { policy: PolicyListItem }) {
  return (
    <li className="relative px-3 py-3 hover:bg-hover">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <h2 className="font-medium text-sm">
          <Link href={policyHref(policy.actionType)} className="after:absolute after:inset-0">
            {policy.title}
          </Link>
        </h2>
        <code className="font-mono text-muted text-xs [overflow-wrap:anywhere]">{policy.actionType}</code>
        {policy.prohibited && <TierBadge tier="prohibited" />}
        {attributeWords(policy.attributes).map(({ text, grave }) => (
          <Chip key={text} look={grave ? "warn" : "plain"}>
            {text}
          </Chip>
        ))}
        <Chip>{policy.executor === "agent" ? "agent executes" : "webhook executes"}</Chip>
        <span className="tabular text-muted text-xs sm:ml-auto">{draftWords(policy.drafts)}</span>
      </div>
      {policy.description && <p className="mt-0.5 max-w-3xl text-muted text-sm">{policy.description}</p>}
      {policy.prohibited ? (
        <p className="mt-1.5 text-sm">The AI may never take this action, even with approval.</p>
      ) : (
        <ol aria-label="Rules, in order" className="mt-1.5 space-y-1 text-sm">
          {withKeys(policy.rules).map(({ key, value: rule }) => (
            <li key={key} className="flex flex-wrap items-baseline gap-x-2 sm:flex-nowrap">
              <span className="w-24 shrink-0">
                <TierBadge tier={rule.tier} />
              </span>
              <span className="min-w-0 flex-1 break-words">
                {rule.when}
                {rule.tier !== "prohibited" && (
                  <span className="text-muted">
                    {" → "}
                    {ROUTE_WORDS[rule.route]}
                    {rule.approverRule !== null && ", "}
                  </span>
                )}
                {rule.approverRule !== null && <ApproverRuleLink name={rule.approverRule} />}
              </span>
            </li>
          ))}
        </ol>
      )}
      <HeldLines holds={policy.holds} />
      <p className="mt-1.5 text-muted text-xs">
        <CaseWords cases={policy.cases} /> ·{" "}
        <code className="font-mono [overflow-wrap:anywhere]">{policy.versionId}</code>
        {policy.recordedAt && `, recorded ${formatUtc(policy.recordedAt)}`}
      </p>
    </li>
  );
}

function CaseWords({ cases }: { cases: PolicyListItem["cases"] }) {
  if (cases === null) return <span className="text-warn">Golden cases cannot be read</span>;
  if (cases.total === 0) return <span className="text-warn">No golden cases</span>;
  const words = `${cases.passed} of ${cases.total} golden cases pass`;
  return cases.passed === cases.total ? words : <span className="font-medium text-bad">{words}</span>;
}

const TIER_WORDS = ["low", "medium", "high", "prohibited"] as const;

function draftWords({ tiers, total, more }: PolicyListItem["drafts"]): string {
  if (total === 0) return "no drafts in 30 days";
  const parts = TIER_WORDS.flatMap((tier) => (tiers[tier] ? [`${count(tiers[tier])} ${tier}`] : []));
  return more ? `of the newest ${count(total)}: ${parts.join(", ")}` : `30 days: ${parts.join(", ")}`;
}

const count = (value: number) => value.toLocaleString("en-US");
