import { OctagonX } from "lucide-react";
import { formatFact, formatLabel } from "@/components/ui/format-value";
import { Panel } from "@/components/ui/panel";
import { TimeLeft } from "@/components/ui/time-left";
import type { ReviewScreen } from "@/lib/drafts/types";
import { ConditionTable } from "./condition-table";

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
          Not known{screen.imported ? "" : " yet"}:{" "}
          {classification.unresolved_blocks.map(formatLabel).join(", ")}.{" "}
          {screen.imported
            ? "The import does not say."
            : "It will not be executed before this is known to be false."}
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
      <ConditionTable classification={classification} />
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
