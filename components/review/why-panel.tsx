import { Check, CircleHelp, OctagonX, X } from "lucide-react";
import { formatUtc } from "@/components/ui/format-time";
import { formatLabel, formatPlain } from "@/components/ui/format-value";
import { Panel } from "@/components/ui/panel";
import { TimeLeft } from "@/components/ui/time-left";
import type { ReviewScreen } from "@/lib/drafts/types";
import type { ConditionResult } from "@/lib/policy/explain";

/** Why this tier, why this person, until when. Every fact with its value, where it is from, and its threshold. */
export function WhyPanel({ screen, serverNow }: { screen: ReviewScreen; serverNow: number }) {
  const { classification, why, draft } = screen;
  return (
    <Panel title="Why you" aside={<RuleName screen={screen} />}>
      <p className="text-sm">{why.sentence}</p>
      {classification.blocked_by.length > 0 && (
        <p className="mt-1 flex items-center gap-1.5 rounded bg-bad-soft px-2 py-1 font-medium text-bad text-sm">
          <OctagonX aria-hidden="true" className="size-3.5 shrink-0" />
          Forbidden by {classification.blocked_by.map(formatLabel).join(", ")}
        </p>
      )}
      {classification.unresolved_blocks.length > 0 && (
        <p className="mt-1 rounded bg-warn-soft px-2 py-1 text-sm text-warn">
          Not known yet: {classification.unresolved_blocks.map(formatLabel).join(", ")}. It will not be
          executed before this is known to be false.
        </p>
      )}
      <Conditions conditions={decisive(screen)} />
      <dl className="mt-2 grid grid-cols-[max-content_1fr] gap-x-3 gap-y-0.5 border-t pt-1.5 text-xs">
        {draft.dueAt && draft.status === "pending" && (
          <>
            <dt className="text-muted">Time left</dt>
            <dd>
              <TimeLeft dueAt={draft.dueAt} serverNow={serverNow} />
              <span className="text-muted">
                {why.escalatesTo
                  ? `, then it escalates to ${why.escalatesTo}`
                  : `, then ${classification.on_timeout === "hold" ? "it stays held" : "it is refused"}`}
              </span>
            </dd>
          </>
        )}
        {why.approvalsRequired > 1 && (
          <>
            <dt className="text-muted">Approvals</dt>
            <dd>
              {why.approvalsGiven} of {why.approvalsRequired}
            </dd>
          </>
        )}
        {draft.status === "pending" && (
          <>
            <dt className="text-muted">Also may decide</dt>
            <dd>{namesOf(why.others)}</dd>
          </>
        )}
        {draft.requestedBy && (
          <>
            <dt className="text-muted">Asked for by</dt>
            <dd className="foreign">{draft.requestedBy}</dd>
          </>
        )}
      </dl>
    </Panel>
  );
}

const BY: Record<string, string> = {
  default: "no rule holds: the strictest",
  prohibited: "never allowed",
  hard_block: "hard block",
};

function RuleName({ screen: { classification } }: { screen: ReviewScreen }) {
  const { decided_by, rule_name } = classification;
  if (decided_by === "unknown_fact") return <>Rule “{rule_name}”, as a fact is unknown</>;
  return <>{BY[decided_by] ?? `Rule “${rule_name}”`}</>;
}

/** The conditions of the deciding rule and of hard blocks that matter; each comparison once. */
function decisive({ classification }: ReviewScreen): ConditionResult[] {
  const matters = (result: ConditionResult) =>
    result.rule === classification.rule_name ||
    result.holds === null ||
    classification.blocked_by.includes(result.rule);
  const seen = new Set<string>();
  const rank = (result: ConditionResult) => (result.rule === classification.rule_name ? 0 : 1);
  const chosen = classification.conditions.filter(matters);
  const others = classification.conditions.filter((result) => !matters(result));
  return [...chosen.sort((a, b) => rank(a) - rank(b)), ...others].filter((result) => {
    const key = `${result.fact} ${result.operator} ${JSON.stringify(result.expected)}`;
    return !seen.has(key) && seen.add(key);
  });
}

const SIGNS: Record<string, string> = {
  lte: "≤",
  lt: "<",
  gte: "≥",
  gt: ">",
  eq: "=",
  ne: "≠",
  in: "one of",
  not_in: "none of",
};
const SHOWN = 7;

function Conditions({ conditions }: { conditions: ConditionResult[] }) {
  if (conditions.length === 0) return null;
  const [first, rest] = [conditions.slice(0, SHOWN), conditions.slice(SHOWN)];
  return (
    <>
      <ConditionTable conditions={first} />
      {rest.length > 0 && (
        <details>
          <summary className="font-medium text-accent text-xs">{rest.length} more comparisons</summary>
          <ConditionTable conditions={rest} />
        </details>
      )}
    </>
  );
}

function ConditionTable({ conditions }: { conditions: ConditionResult[] }) {
  return (
    <table className="mt-1.5 w-full border-collapse text-xs" aria-label="Facts that were compared">
      <thead className="sr-only">
        <tr>
          <th scope="col">Holds</th>
          <th scope="col">Fact</th>
          <th scope="col">Value</th>
          <th scope="col">Compared with</th>
          <th scope="col">Source</th>
        </tr>
      </thead>
      <tbody>
        {conditions.map((result) => (
          <tr key={`${result.rule} ${result.fact} ${result.operator}`} className="border-t align-baseline">
            <td className="w-5 py-0.5">
              <Holds holds={result.holds} />
            </td>
            <td className="py-0.5 pr-2">{formatLabel(result.fact)}</td>
            <td className="tabular foreign py-0.5 pr-2 font-medium">
              {result.actual === null ? (
                <span className="text-warn">unknown</span>
              ) : (
                formatPlain(result.actual)
              )}
            </td>
            <td className="tabular py-0.5 pr-2 text-muted">
              {SIGNS[result.operator]} {formatPlain(result.expected)}
            </td>
            <td
              className="max-w-28 truncate py-0.5 text-right text-muted"
              title={[result.source, result.at && formatUtc(result.at)].filter(Boolean).join(", ")}
            >
              {result.source ?? "—"}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Holds({ holds }: { holds: boolean | null }) {
  if (holds === null)
    return <CircleHelp role="img" aria-label="Unknown" className="inline size-3.5 text-warn" />;
  return holds ? (
    <Check role="img" aria-label="Holds" className="inline size-3.5 text-good" />
  ) : (
    <X role="img" aria-label="Does not hold" className="inline size-3.5 text-muted" />
  );
}

function namesOf(people: { id: string; name: string }[]): string {
  if (people.length === 0) return "nobody else";
  const names = people.slice(0, 4).map(({ name }) => name);
  return people.length > 4 ? `${names.join(", ")} and ${people.length - 4} more` : names.join(", ");
}
