import { DBOS } from "@dbos-inc/dbos-sdk";
import { deliverWebhook } from "@/lib/executions/deliver-webhook";
import { dispatchDraft } from "@/lib/executions/dispatch-draft";
import { recordDelivery } from "@/lib/executions/record-delivery";
import { nextRunId } from "../next-run";
import { runStep } from "../run-step";
import { workerContext } from "../worker-context";

/**
 * One attempt to carry an approved draft out by webhook. Waiting, for a fact or for the next attempt, is a delayed
 * successor enqueued in the same transaction: it holds no slot and no memory, and survives every crash.
 */
export const executeDraft = DBOS.registerWorkflow(
  async (draftId: string): Promise<string> => {
    const successorId = nextRunId(DBOS.workflowID!);
    const dispatch = await runStep("dispatch", () => dispatchDraft(workerContext(), draftId, successorId));
    if (dispatch.next !== "deliver") return dispatch.next;
    const { attempt } = dispatch;
    const outcome = await runStep("deliver", () => deliverWebhook(workerContext(), draftId));
    return runStep("record", () =>
      recordDelivery(workerContext(), draftId, { attempt, outcome, successorId }),
    );
  },
  { name: "execute_draft" },
);
