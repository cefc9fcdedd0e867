import { DBOS } from "@dbos-inc/dbos-sdk";
import { escalateDraft } from "@/lib/drafts/escalate-draft";
import { nextRunId } from "../next-run";
import { runStep } from "../run-step";
import { workerContext } from "../worker-context";

/** The timer of one escalation level. It is enqueued delayed, so until it fires a pending draft costs a row. */
export const escalateDraftTimer = DBOS.registerWorkflow(
  async (draftId: string, level: number): Promise<string> => {
    const successorId = nextRunId(DBOS.workflowID!);
    return runStep("escalate", () => escalateDraft(workerContext(), draftId, level, successorId));
  },
  { name: "escalate_draft" },
);
