import { DBOS } from "@dbos-inc/dbos-sdk";
import { deliverCallback } from "@/lib/channels/deliver-callback";
import { retryDelayMs } from "@/lib/channels/retry-delay";
import { enqueueWorkflow } from "../enqueue";
import { nextRunId, runNumber } from "../next-run";
import { runStep } from "../run-step";
import { workerContext } from "../worker-context";

const MAX_ATTEMPTS = 8;

/** One attempt to tell an agent what happened to its draft; the next is a delayed successor. Failure is only logged. */
export const deliverCallbackOnce = DBOS.registerWorkflow(
  async (draftId: string, event: string): Promise<string> => {
    const id = DBOS.workflowID!;
    const attempt = runNumber(id) + 1;
    const outcome = await runStep("deliver", () => deliverCallback(workerContext(), draftId, event));
    if (outcome.kind === "accepted") return "delivered";
    if (outcome.kind === "final" || attempt >= MAX_ATTEMPTS) {
      console.error(
        `callback: draft ${draftId}, ${event}: given up after ${attempt} attempts: ${outcome.error}`,
      );
      return "given up";
    }
    await runStep("retry", async () => {
      const { db, now } = workerContext();
      const delayUntil = new Date(now().getTime() + retryDelayMs(attempt, outcome.retryAfterMs));
      await db.transaction(async (tx) =>
        enqueueWorkflow(tx, "deliver_callback", { id: nextRunId(id), args: [draftId, event], delayUntil }),
      );
    });
    return "retried";
  },
  { name: "deliver_callback" },
);
