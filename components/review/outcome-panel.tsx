import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import { formatUtc } from "@/components/ui/format-time";
import { HostileText } from "@/components/ui/hostile-text";
import { Panel } from "@/components/ui/panel";
import type { DecisionView, ExecutionView, Outcome, ReviewScreen, Verdict } from "@/lib/drafts/types";
import { amountPointer } from "./drawing-hints";
import { type ChangeContext, FieldChanges } from "./field-changes";
import { LongText } from "./long-text";
import { OutcomeBadge } from "./outcome-badge";
import { type Headline, headlineOf } from "./outcome-model";

const OUTCOMES: Record<Verdict, Outcome> = {
  approve: "approved",
  edit_and_approve: "edited",
  reject: "rejected",
  request_changes: "changes_requested",
  uphold: "approved",
  overturn: "rejected",
};
/** What a look afterwards is called instead. */
const AFTERWARDS: Partial<Record<Verdict, string>> = { uphold: "Upheld", overturn: "Overturned" };

const TONES: Record<Headline["tone"], string> = {
  good: "text-good",
  bad: "text-bad",
  warn: "text-warn",
  calm: "text-ink",
};

/** What became of the draft: what people decided, why, what they edited, and how its execution went. */
export function OutcomePanel({ screen }: { screen: ReviewScreen }) {
  const { decisions, execution, draft, payloadSchema: schema, attributes } = screen;
  const headline = headlineOf(screen);
  if (!headline) return null;
  const context = { schema, currency: draft.currency, amountFrom: amountPointer(attributes, schema) };
  return (
    <Panel title="Outcome" aside={draft.closedAt ? formatUtc(draft.closedAt) : undefined}>
      <p className={classNames("font-semibold text-base", TONES[headline.tone])}>{headline.title}</p>
      <p className="text-sm">
        {headline.detail}{" "}
        {draft.revisedById && (
          <Link
            href={`/inbox/${draft.revisedById}`}
            prefetch={false}
            className="font-medium text-accent underline underline-offset-2"
          >
            See the revised draft
          </Link>
        )}
      </p>
      {decisions.length > 0 && (
        <ul className="mt-1.5 divide-y border-t">
          {decisions.map((decision) => (
            <li key={decision.id} className="py-1.5 text-sm last:pb-0">
              <Decision decision={decision} context={context} />
            </li>
          ))}
        </ul>
      )}
      {execution && <Execution execution={execution} agentName={draft.agent.name} />}
    </Panel>
  );
}

function Decision({ decision, context }: { decision: DecisionView; context: ChangeContext }) {
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2">
        <OutcomeBadge outcome={OUTCOMES[decision.verdict]} word={AFTERWARDS[decision.verdict]} />
        <span className="font-medium">
          <HostileText text={decision.person.name} oneLine />
        </span>
        <time dateTime={decision.decidedAt} className="tabular text-muted text-xs">
          {formatUtc(decision.decidedAt)}
        </time>
      </p>
      {decision.reason && (
        <blockquote className="mt-1 border-l-2 pl-2">
          <LongText text={decision.reason} />
        </blockquote>
      )}
      {decision.changes.length > 0 && (
        <div className="mt-1">
          <FieldChanges changes={decision.changes} context={context} />
        </div>
      )}
    </>
  );
}

function Execution({ execution, agentName }: { execution: ExecutionView; agentName: string }) {
  const { executor, attempts, finishedAt, lastError, hashMismatch, status } = execution;
  return (
    <div className="mt-1.5 border-t pt-1.5 text-xs">
      <p className="text-muted">
        {executor === "agent" ? `Carried out by ${agentName}` : "Carried out by webhook"}
        {attempts > 0 && `, ${attempts} ${attempts === 1 ? "attempt" : "attempts"}`}
        {finishedAt && (
          <>
            , {status === "failed" ? "gave up" : "done"}{" "}
            <time dateTime={finishedAt} className="tabular">
              {formatUtc(finishedAt)}
            </time>
          </>
        )}
      </p>
      {hashMismatch && (
        <p className="mt-1 rounded bg-bad-soft px-2 py-1 font-medium text-bad">
          What was executed is not what was approved: the hashes differ.
        </p>
      )}
      {lastError && (
        <div className="mt-1 rounded bg-bad-soft px-2 py-1 text-bad">
          <LongText text={lastError} />
        </div>
      )}
    </div>
  );
}
