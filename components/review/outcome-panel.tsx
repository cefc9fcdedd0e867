import { formatUtc } from "@/components/ui/format-time";
import { formatLabel, formatPlain } from "@/components/ui/format-value";
import { HostileText } from "@/components/ui/hostile-text";
import { Panel } from "@/components/ui/panel";
import type { DecisionView, ExecutionView, Outcome, ReviewScreen, Verdict } from "@/lib/drafts/types";
import { OutcomeBadge } from "./outcome-badge";

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

/** What people have decided so far, and how its execution goes. Nothing when there is neither. */
export function OutcomePanel({ screen }: { screen: ReviewScreen }) {
  const { decisions, execution, draft } = screen;
  if (decisions.length === 0 && !execution && !draft.closedAt) return null;
  return (
    <Panel title="Outcome" aside={draft.closedAt ? formatUtc(draft.closedAt) : undefined}>
      {decisions.length === 0 && (
        <p className="text-sm">{formatLabel(draft.status)}, without a person's decision.</p>
      )}
      <ul className="divide-y">
        {decisions.map((decision) => (
          <li key={decision.id} className="py-1.5 text-sm first:pt-0">
            <Decision decision={decision} />
          </li>
        ))}
      </ul>
      {execution && <Execution execution={execution} />}
    </Panel>
  );
}

function Decision({ decision }: { decision: DecisionView }) {
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2">
        <OutcomeBadge outcome={OUTCOMES[decision.verdict]} word={AFTERWARDS[decision.verdict]} />
        <span className="font-medium">{decision.person.name}</span>
        <time dateTime={decision.decidedAt} className="tabular text-muted text-xs">
          {formatUtc(decision.decidedAt)}
        </time>
      </p>
      {decision.reason && (
        <p className="mt-0.5">
          “<HostileText text={decision.reason} />”
        </p>
      )}
      {decision.changes.length > 0 && <Changes changes={decision.changes} />}
    </>
  );
}

/** What an edit changed, before and after. */
export function Changes({ changes }: { changes: { path: string; from: unknown; to: unknown }[] }) {
  return (
    <ul className="mt-1 space-y-0.5 text-xs">
      {changes.map(({ path, from, to }) => (
        <li key={path} className="foreign">
          <span className="text-muted">{path.slice(1)}: </span>
          <del className="rounded-sm bg-bad-soft px-0.5 text-bad">
            <HostileText text={formatPlain(from)} />
          </del>
          {" → "}
          <ins className="rounded-sm bg-good-soft px-0.5 text-good no-underline">
            <HostileText text={formatPlain(to)} />
          </ins>
        </li>
      ))}
    </ul>
  );
}

const EXECUTION: Record<ExecutionView["status"], string> = {
  waiting: "Waits to be executed",
  claimed: "The agent is executing it",
  delivering: "Being delivered",
  succeeded: "Executed",
  failed: "Execution failed",
};

function Execution({ execution }: { execution: ExecutionView }) {
  return (
    <div className="border-t pt-1.5 text-sm">
      <p className={execution.status === "failed" ? "font-medium text-bad" : "font-medium"}>
        {EXECUTION[execution.status]}
        {execution.finishedAt && (
          <time dateTime={execution.finishedAt} className="tabular ml-2 font-normal text-muted text-xs">
            {formatUtc(execution.finishedAt)}
          </time>
        )}
      </p>
      <p className="text-muted text-xs">
        {execution.executor === "agent" ? "By the agent itself" : "By webhook"}
        {execution.attempts > 0 &&
          `, ${execution.attempts} ${execution.attempts === 1 ? "attempt" : "attempts"}`}
        {execution.status === "waiting" &&
          execution.notBefore &&
          `, not before ${formatUtc(execution.notBefore)}, so that the approval can be taken back`}
        {execution.waitingFor && `, waits for ${execution.waitingFor}`}
      </p>
      {execution.hashMismatch && (
        <p className="mt-1 rounded bg-bad-soft px-2 py-1 font-medium text-bad text-xs">
          What was executed is not what was approved: the hashes differ.
        </p>
      )}
      {execution.lastError && (
        <p className="foreign mt-0.5 text-bad text-xs">
          <HostileText text={execution.lastError} />
        </p>
      )}
    </div>
  );
}
