import { DBOS } from "@dbos-inc/dbos-sdk";
import { retryDelayMs } from "@/lib/channels/retry-delay";
import { openPullRequest } from "@/lib/insights/promotion/open-pull-request";
import { enqueueWorkflow } from "../enqueue";
import { nextRunId, runNumber } from "../next-run";
import { runStep } from "../run-step";
import { workerContext } from "../worker-context";

const MAX_ATTEMPTS = 8;

/** One try to open the pull request of a promotion; what may pass is tried again later, and the promotion says why. */
export const openPullRequestOnce = DBOS.registerWorkflow(
  async (promotionId: string): Promise<string> => {
    const id = DBOS.workflowID!;
    const attempt = runNumber(id) + 1;
    const isLast = attempt >= MAX_ATTEMPTS;
    const outcome = await runStep("open", () => openPullRequest(workerContext(), promotionId, { isLast }));
    if (outcome !== "retry") return outcome;
    await runStep("retry", async () => {
      const { db, now } = workerContext();
      const delayUntil = new Date(now().getTime() + retryDelayMs(attempt, null));
      await db.transaction(async (tx) =>
        enqueueWorkflow(tx, "open_pull_request", { id: nextRunId(id), args: [promotionId], delayUntil }),
      );
    });
    return "retried";
  },
  { name: "open_pull_request" },
);
