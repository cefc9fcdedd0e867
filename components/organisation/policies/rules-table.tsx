import Link from "next/link";
import { TierBadge } from "@/components/ui/tier-badge";
import { withKeys } from "@/components/ui/with-keys";
import type { Handling } from "@/lib/policy/compile-policy";
import { factWords } from "@/lib/policy/explain";
import type { PolicyView } from "@/lib/policy-files/get-policy-view";
import { ApproverRuleLink } from "./approver-rule-link";
import { afterWords, ROUTE_WORDS, slaWords } from "./words";

/** The rules in order, what comes of a draft that none covers, and what forbids the action. Stacked on a phone. */
export function RulesTable({ policy }: { policy: PolicyView }) {
  if (policy.prohibited) {
    return <p className="text-sm">The AI may never take this action, even with approval.</p>;
  }
  const missing = new Set(policy.missingApproverRules);
  return (
    <>
      <table className="w-full border-collapse text-sm" aria-label="Rules">
        <thead className="hidden text-left text-muted text-xs md:table-header-group">
          <tr>
            <th scope="col" className="w-6 py-1 font-medium">
              <span className="sr-only">Order</span>
            </th>
            <th scope="col" className="w-32 py-1 pr-3 font-medium">
              Rule
            </th>
            <th scope="col" className="py-1 pr-3 font-medium">
              When
            </th>
            <th scope="col" className="w-40 py-1 pr-3 font-medium">
              Then
            </th>
            <th scope="col" className="w-44 py-1 font-medium">
              Time
            </th>
          </tr>
        </thead>
        <tbody>
          {withKeys(policy.rules).map(({ key, value: rule }) => (
            <tr key={key} className="block border-t py-2 align-top md:table-row md:py-0">
              <td className="tabular hidden py-1.5 text-muted text-xs md:table-cell">{key + 1}</td>
              <th scope="row" className="block text-left font-normal md:table-cell md:py-1.5 md:pr-3">
                <TierBadge tier={rule.tier} />
                <span className="ml-2 text-muted text-xs md:mt-0.5 md:ml-0 md:block">{rule.name}</span>
              </th>
              <td className="block pt-1 md:table-cell md:py-1.5 md:pr-3">
                <span className="break-words">{rule.when}</span>
                {rule.description && <p className="text-muted text-xs">{rule.description}</p>}
                {rule.cites !== null && <p className="text-muted text-xs">quotes “{rule.cites}”</p>}
              </td>
              <HandlingCells handling={rule} missing={missing} />
            </tr>
          ))}
          <tr className="block border-t py-2 align-top text-muted md:table-row md:py-0">
            <td className="hidden md:table-cell" />
            <th scope="row" className="block text-left font-normal md:table-cell md:py-1.5 md:pr-3">
              <TierBadge tier={policy.fallback.tier} />
              <span className="ml-2 text-xs md:mt-0.5 md:ml-0 md:block">default</span>
            </th>
            <td className="block pt-1 md:table-cell md:py-1.5 md:pr-3">no rule definitely holds</td>
            <HandlingCells handling={policy.fallback} missing={missing} />
          </tr>
        </tbody>
      </table>
      <HardBlocks labels={policy.hardBlocks} />
      {policy.department && (
        <p className="mt-2 border-t pt-2 text-sm">
          <span className="text-muted">Department: </span>
          {policy.department.kind === "named"
            ? policy.department.name
            : `as ${factWords(policy.department.name)} says`}
        </p>
      )}
      {policy.subjectFrom && (
        <p className="mt-2 border-t pt-2 text-sm">
          <span className="text-muted">Whom it is about: </span>
          the {policy.subjectFrom.type} that {factWords(policy.subjectFrom.fact)} names, whatever the agent
          says
        </p>
      )}
    </>
  );
}

function HandlingCells({ handling, missing }: { handling: Handling; missing: ReadonlySet<string> }) {
  const { tier, route, approver_rule, approvals_required, escalation, on_timeout } = handling;
  if (tier === "prohibited") {
    return (
      <>
        <td className="block pt-1 md:table-cell md:py-1.5 md:pr-3">is refused: nobody can approve it</td>
        <td className="hidden md:table-cell" />
      </>
    );
  }
  const sla = slaWords(handling);
  return (
    <>
      <td className="block pt-1 md:table-cell md:py-1.5 md:pr-3">
        <span className="text-muted md:hidden">→ </span>
        {ROUTE_WORDS[route]}
        {approver_rule !== null && (
          <span className="md:block">
            <span className="md:hidden">: </span>
            <ApproverRuleLink name={approver_rule} missing={missing.has(approver_rule)} />
          </span>
        )}
        {approvals_required > 1 && (
          <span className="block text-muted text-xs">{approvals_required} approvals</span>
        )}
        {handling.undo_seconds > 0 && (
          <span className="block text-muted text-xs">can be undone for {handling.undo_seconds} s</span>
        )}
        {handling.sample_review > 0 && (
          <span className="block text-muted text-xs">
            {(handling.sample_review * 100).toLocaleString("en-US", { maximumFractionDigits: 2 })} % checked
            afterwards
          </span>
        )}
        {handling.lease && <LeaseLine lease={handling.lease} />}
      </td>
      <td className="block pt-1 md:table-cell md:py-1.5">
        {sla === null ? (
          <span className="hidden text-muted md:inline">—</span>
        ) : route === "execute_then_review" ? (
          <>
            {sla}
            <span className="block text-muted text-xs">to look at it; nothing waits for that</span>
          </>
        ) : (
          <>
            {sla}
            <span className="md:hidden"> to decide</span>
            <span className="block text-muted text-xs">
              {escalation.map(({ after_hours, to }) => (
                <span key={after_hours} className="block">
                  {afterWords(after_hours)} <ApproverRuleLink name={to} missing={missing.has(to)} />
                </span>
              ))}
              {on_timeout === "hold" ? "then it stays held" : "then it is denied"}
            </span>
          </>
        )}
      </td>
    </>
  );
}

/** Until when it runs by itself, with the way to the promotion that it comes from. */
function LeaseLine({ lease: { until, promotion } }: { lease: NonNullable<Handling["lease"]> }) {
  return (
    <span className="block text-muted text-xs">
      until {until} (UTC){promotion ? ", by " : ""}
      {promotion && (
        <Link
          href={`/insights/promotions/${encodeURIComponent(promotion)}`}
          className="underline underline-offset-2 hover:text-ink"
        >
          a promotion
        </Link>
      )}
      ; then the batch queue
    </span>
  );
}

function HardBlocks({ labels }: { labels: string[] }) {
  return (
    <div className="mt-2 border-t pt-2 text-sm">
      <h3 className="text-muted text-xs">Forbidden, whoever asks, when</h3>
      {labels.length === 0 ? (
        <p className="text-muted">nothing is</p>
      ) : (
        <ul className="mt-0.5 flex flex-wrap gap-1">
          {labels.map((label) => (
            <li key={label} className="rounded bg-bad-soft px-1.5 py-0.5 text-bad text-xs">
              {factWords(label)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
