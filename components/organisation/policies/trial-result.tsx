import { Check, CircleHelp, OctagonX, X } from "lucide-react";
import { HostileText } from "@/components/ui/hostile-text";
import { TierBadge } from "@/components/ui/tier-badge";
import { withKeys } from "@/components/ui/with-keys";
import type { ActionResult } from "@/lib/adapters/action";
import { explainCondition, factWords } from "@/lib/policy/explain";
import type { FactTrial } from "@/lib/policy-files/try-facts";
import { ApproverRuleLink } from "./approver-rule-link";
import { ROUTE_WORDS, slaWords } from "./words";

/** What the policy made of the facts: where the draft would go, why, and every comparison on the way. */
export function TrialResult({ result }: { result: ActionResult<FactTrial> | null }) {
  if (!result) return <p className="text-muted">Asking…</p>;
  if (!result.ok) return <p className="break-words text-bad">{result.message}</p>;
  const trial = result.data;
  const blocked = trial.tier === "prohibited" || trial.blocked_by.length > 0;
  const sla = blocked ? null : slaWords(trial);
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <TierBadge tier={trial.tier} />
        <span className="font-medium">
          {blocked ? "is refused" : ROUTE_WORDS[trial.route]}
          {!blocked && trial.approver_rule !== null && (
            <>
              : <ApproverRuleLink name={trial.approver_rule} />
            </>
          )}
        </span>
        <span className="text-muted text-xs">
          {!blocked && trial.approvals_required > 1 && `${trial.approvals_required} approvals · `}
          {sla !== null &&
            `${sla} ${trial.route === "execute_then_review" ? "to look at it" : "to decide"} · `}
          {DECIDED_BY[trial.decided_by](trial.rule_name)}
        </span>
      </p>
      {trial.blocked_by.length > 0 && (
        <p className="mt-1.5 flex items-start gap-1.5 rounded bg-bad-soft px-2 py-1 font-medium text-bad">
          <OctagonX aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
          Forbidden by {trial.blocked_by.map(factWords).join(", ")}
        </p>
      )}
      {!blocked && trial.unresolved_blocks.length > 0 && (
        <p className="mt-1.5 rounded bg-warn-soft px-2 py-1 text-warn">
          Not known: {trial.unresolved_blocks.map(factWords).join(", ")}. Nothing runs before this is known to
          be false.
        </p>
      )}
      <ul aria-label="Reasons" className="mt-1.5 list-disc pl-4">
        {trial.reasons.map((reason) => (
          <li key={reason} className="break-words">
            <HostileText text={reason} />
          </li>
        ))}
      </ul>
      <Conditions conditions={trial.conditions} />
      {trial.ignored.length > 0 && (
        <p className="mt-1.5 break-words text-muted text-xs">
          The policy does not look at: <HostileText text={trial.ignored.join(", ")} />
        </p>
      )}
    </>
  );
}

const DECIDED_BY: Record<FactTrial["decided_by"], (rule: string) => string> = {
  rule: (rule) => `rule “${rule}”`,
  unknown_fact: (rule) => `rule “${rule}”, as a fact is unknown`,
  default: () => "no rule holds: the strictest",
  hard_block: () => "a hard block",
  prohibited: () => "never allowed",
};

function Conditions({ conditions }: { conditions: FactTrial["conditions"] }) {
  const rules = [...new Set(conditions.map(({ rule }) => rule))];
  return (
    <div className="mt-2 space-y-1.5 border-t pt-2">
      {rules.map((rule) => (
        <section key={rule} aria-label={rule}>
          <h3 className="text-muted text-xs">{factWords(rule)}</h3>
          <ul>
            {withKeys(conditions.filter((each) => each.rule === rule)).map(({ key, value }) => (
              <li key={key} className="flex items-start gap-1.5">
                <Verdict holds={value.holds} />
                <span className="min-w-0 flex-1 break-words">
                  <HostileText text={explainCondition(value)} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Verdict({ holds }: { holds: boolean | null }) {
  const look = "mt-0.5 size-3.5 shrink-0";
  if (holds === null) return <CircleHelp role="img" aria-label="Unknown" className={`${look} text-warn`} />;
  return holds ? (
    <Check role="img" aria-label="Holds" className={`${look} text-good`} />
  ) : (
    <X role="img" aria-label="Does not hold" className={`${look} text-muted`} />
  );
}
