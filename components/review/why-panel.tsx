import { Check, CircleHelp, OctagonX, X } from "lucide-react";
import { formatUtc } from "@/components/ui/format-time";
import { formatFact, formatLabel } from "@/components/ui/format-value";
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
      {why.tooFew && (
        <p className="mt-1 rounded bg-warn-soft px-2 py-1 text-sm text-warn">
          Too few people may decide this now; the admins have been told.{" "}
          {why.passedOver.map(({ who, because }) => `${who}: ${because}.`).join(" ")}
        </p>
      )}
      {classification.held_by?.map((hold) => (
        <p key={hold.id} className="mt-1 rounded bg-warn-soft px-2 py-1 text-sm text-warn">
          Held back to review: {hold.reason}
        </p>
      ))}
      <FactChanges changes={screen.factChanges} />
      <Conditions screen={screen} />
      <dl className="mt-2 grid empty:hidden grid-cols-[max-content_1fr] gap-x-3 gap-y-0.5 border-t pt-1.5 text-xs">
        {draft.dueAt && draft.status === "pending" && (
          <>
            <dt className="text-muted">Time left</dt>
            <dd>
              <TimeLeft dueAt={draft.dueAt} serverNow={serverNow} />
              <span className="text-muted">
                {why.escalatesTo
                  ? `, then it escalates to ${why.escalatesTo}`
                  : `, then ${classification.on_timeout === "hold" ? "it stays held" : "it expires and nothing is executed"}`}
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
            <dd>{namesOf(why)}</dd>
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

/** Comparisons by the rule or hard block they belong to, the deciding ones first; each comparison once. */
function grouped({
  classification,
}: ReviewScreen): { rule: string; decides: boolean; results: ConditionResult[] }[] {
  const decides = (rule: string) =>
    rule === classification.rule_name || classification.blocked_by.includes(rule);
  const rules = [...new Set(classification.conditions.map(({ rule }) => rule))];
  const ordered = [...rules.filter(decides), ...rules.filter((rule) => !decides(rule))];
  const seen = new Set<string>();
  return ordered.map((rule) => ({
    rule,
    decides: decides(rule),
    results: classification.conditions.filter((result) => {
      const key = `${result.fact} ${result.operator} ${JSON.stringify(result.expected)}`;
      return result.rule === rule && !seen.has(key) && seen.add(key);
    }),
  }));
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
const SHORT_CHARACTERS = 14;

function Conditions({ screen }: { screen: ReviewScreen }) {
  const groups = grouped(screen).filter(({ results }) => results.length > 0);
  if (groups.length === 0) return null;
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
      {groups.map(({ rule, decides, results }) => (
        <tbody key={rule} className={decides ? "" : "text-muted"}>
          <tr className="border-t">
            <th scope="rowgroup" colSpan={5} className="pt-1 text-left font-medium text-2xs text-muted">
              {rule}
              {decides && " · decides"}
            </th>
          </tr>
          {results.map((result) => (
            <ConditionRow key={`${result.fact} ${result.operator}`} result={result} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function ConditionRow({ result }: { result: ConditionResult }) {
  const expected = formatFact(result.expected);
  const source = [result.source, result.at && formatUtc(result.at)].filter(Boolean).join(", ");
  return (
    <tr className="align-baseline">
      <td className="w-5 py-px">
        <Holds holds={result.holds} />
      </td>
      <td className="py-px pr-2">{formatLabel(result.fact)}</td>
      <td className="tabular break-words py-px pr-2 font-medium">
        {result.actual === null ? <span className="text-warn">unknown</span> : formatFact(result.actual)}
      </td>
      <td
        className={`tabular break-words py-px pr-2 text-muted ${expected.length <= SHORT_CHARACTERS ? "whitespace-nowrap" : ""}`}
      >
        {SIGNS[result.operator]} {expected}
      </td>
      <td className="max-w-24 truncate py-px text-right text-muted" title={source}>
        {result.source ?? "—"}
      </td>
    </tr>
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

/** What is known now and was not, or was otherwise, when the tier was set. */
function FactChanges({ changes }: { changes: ReviewScreen["factChanges"] }) {
  if (changes.length === 0) return null;
  const say = (value: unknown) => (value === null ? "unknown" : formatFact(value));
  return (
    <div className="mt-1 rounded bg-warn-soft px-2 py-1 text-sm text-warn">
      <p className="font-medium">Changed since it was classified</p>
      <ul>
        {changes.map(({ fact, before, now }) => (
          <li key={fact}>
            {formatLabel(fact)}: was {say(before)}, is {say(now)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function namesOf({ others, othersInAll }: ReviewScreen["why"]): string {
  if (others.length === 0) return "nobody else";
  const names = others
    .slice(0, 4)
    .map(({ name, onBehalfOf }) => (onBehalfOf ? `${name} for ${onBehalfOf}` : name));
  const more = othersInAll - names.length;
  return more > 0 ? `${names.join(", ")} and ${more} more` : names.join(", ");
}
