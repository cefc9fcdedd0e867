import { formatUtc } from "@/components/ui/format-time";
import { formatLabel } from "@/components/ui/format-value";
import type { ReviewScreen } from "@/lib/drafts/types";

export interface Headline {
  tone: "good" | "bad" | "warn" | "calm";
  /** What became of it. */
  title: string;
  /** Why, and what follows. */
  detail: string;
}

type Told = Pick<ReviewScreen, "draft" | "imported" | "decisions" | "execution" | "classification" | "why">;

/** What became of a draft, in two short sentences; null while nothing has. */
export function headlineOf(screen: Told): Headline | null {
  const { draft, decisions, execution, classification, why } = screen;
  const lastOf = (...verdicts: string[]) =>
    decisions.findLast(({ verdict }) => verdicts.includes(verdict))?.person.name ?? "Somebody";
  const say = (tone: Headline["tone"], title: string, detail: string) => ({ tone, title, detail });
  if (screen.imported) return importedAs(screen);
  switch (draft.status) {
    case "pending":
      return decisions.length === 0
        ? null
        : say(
            "calm",
            `${why.approvalsGiven} of ${why.approvalsRequired} ${why.approvalsRequired === 1 ? "approval" : "approvals"}`,
            "It waits for the others. Nothing is executed before.",
          );
    case "approved":
      return say("good", decisions.length === 0 ? "Approved by policy" : "Approved", waiting(execution));
    case "executing":
      return say(
        "calm",
        "Being executed",
        execution?.status === "claimed"
          ? `${draft.agent.name} has claimed it and has not reported yet.`
          : "It has been sent out; no result has come back yet.",
      );
    case "executed":
      return execution?.hashMismatch
        ? say(
            "bad",
            "Executed, but not as approved",
            "The hash of what was executed is not that of what was approved.",
          )
        : say("good", "Executed", executedBy(screen));
    case "failed":
      return say("bad", "Execution failed", "It was approved and tried. The trail says what was answered.");
    case "rejected":
      return say("bad", "Rejected", `${lastOf("reject")} rejected it. Nothing was executed.`);
    case "changes_requested":
      return say(
        "warn",
        "Changes asked for",
        draft.revisedById
          ? "Nothing was executed. The agent has answered with a revised draft."
          : "Nothing was executed. The agent may answer with a revised draft.",
      );
    case "expired":
      return say("warn", "Expired", "Nobody decided in time. Silence never approves: nothing was executed.");
    case "withdrawn":
      return say("calm", "Withdrawn", "The agent took it back before it was decided. Nothing was executed.");
    case "blocked":
      return say(
        "bad",
        classification.tier === "prohibited" ? "Prohibited" : "Blocked",
        classification.tier === "prohibited"
          ? "No agent may do this, with or without approval. Nobody was asked, nothing was executed."
          : `Forbidden by ${classification.blocked_by.map(formatLabel).join(", ")}. Nobody was asked, nothing was executed.`,
      );
  }
}

function waiting(execution: ReviewScreen["execution"]): string {
  if (execution?.notBefore && execution.status === "waiting") {
    return `It is carried out after ${formatUtc(execution.notBefore)}; until then the approval can be taken back.`;
  }
  if (execution?.waitingFor) return `It is carried out as soon as this is settled: ${execution.waitingFor}.`;
  return execution?.executor === "agent"
    ? "It waits for the agent to claim it."
    : "It is about to be sent out.";
}

function executedBy({ draft, decisions }: Told): string {
  if (draft.afterReview === "waiting") return "By policy, without asking. Somebody is to look at it now.";
  if (draft.afterReview === "upheld") return "By policy, without asking; upheld when looked at afterwards.";
  if (draft.afterReview === "overturned")
    return "By policy, without asking; overturned afterwards, and its rule held back. It stays executed.";
  return decisions.length === 0 ? "By policy, without asking anyone." : "Exactly what was approved.";
}

/** What was decided before Countersign. What came of it is not known here. */
function importedAs({ draft, decisions }: Told): Headline {
  const detail = "Decided before Countersign, and brought in with an import. Nothing was executed from here.";
  if (draft.status === "rejected") return { tone: "bad", title: "Rejected", detail };
  if (draft.status === "changes_requested") return { tone: "warn", title: "Changes asked for", detail };
  const isEdited = decisions.at(-1)?.verdict === "edit_and_approve";
  return { tone: "good", title: isEdited ? "Edited and approved" : "Approved", detail };
}
