import Link from "next/link";
import { LinkButton } from "@/components/organisation/link-button";
import { EmptyState, PageFrame } from "@/components/organisation/page-frame";
import { bandWords } from "@/components/organisation/rules/band-words";
import type { ApproverRuleView } from "@/lib/directory/list-approver-rules";

/** Every approver rule: whom it asks by amount, who that is now, and what uses it. */
export function RuleList({ rules, canEdit }: { rules: ApproverRuleView[]; canEdit: boolean }) {
  return (
    <PageFrame
      title="Approver rules"
      description="Policies route to these names. Each says whom to ask, by amount, at the moment a draft waits."
      actions={
        canEdit && (
          <LinkButton look="accent" href="/organisation/rules/+">
            New rule
          </LinkButton>
        )
      }
    >
      {rules.length === 0 ? (
        <EmptyState title="No approver rules yet">
          A rule gives a policy's approver a name, such as finance_oncall.
        </EmptyState>
      ) : (
        <ul className="divide-y overflow-hidden rounded-lg border bg-surface">
          {rules.map((rule) => (
            <li key={rule.name} className="relative px-3 py-2.5 hover:bg-hover">
              <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
                <Link
                  href={`/organisation/rules/${encodeURIComponent(rule.name)}`}
                  className="font-medium font-mono text-sm after:absolute after:inset-0"
                >
                  {rule.name}
                </Link>
                <span className="text-muted text-sm">
                  {rule.exists
                    ? rule.description
                    : rule.bands.length > 0 && "As long as nobody has entered it"}
                </span>
                {rule.pending > 0 && (
                  <span className="tabular ml-auto text-muted text-xs">{rule.pending} waiting</span>
                )}
              </div>
              {rule.bands.length > 0 ? (
                <ul className="mt-1 space-y-0.5 text-sm">
                  {rule.bands.map((band, index) => (
                    <li key={band.up_to ?? "open"}>
                      {rule.bands.length > 1 && (
                        <span className="tabular text-muted">{bandWords(rule.bands, index)}: </span>
                      )}
                      {band.ask.map(({ name }) => name).join(band.mode === "first" ? ", then " : ", ")}
                      <span className="text-muted"> · now {nowWords(band.now)}</span>
                    </li>
                  ))}
                </ul>
              ) : (
                <p className="mt-1 text-sm text-warn">
                  Nobody is asked: a policy names this rule, and nobody has entered it.
                </p>
              )}
              {rule.usedBy.length > 0 && (
                <p className="mt-1 text-muted text-xs">Used by {rule.usedBy.join(", ")}</p>
              )}
            </li>
          ))}
        </ul>
      )}
    </PageFrame>
  );
}

function nowWords(names: string[]): string {
  if (names.length === 0) return "nobody";
  return names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
}
