import { DBOS } from "@dbos-inc/dbos-sdk";
import { beginWriting } from "@/lib/drafting/begin-writing";
import { submitWritten } from "@/lib/drafting/submit-written";
import { writeOnce } from "@/lib/drafting/write-once";
import { nextRunId } from "../next-run";
import { runStep } from "../run-step";
import { workerContext } from "../worker-context";

/**
 * Has the model write the draft that somebody requested, and submits it. Each call of the model is a step of its own, so
 * that a crash repeats at most the one that was under way. Waiting for an endpoint is a delayed successor.
 */
export const writeDraft = DBOS.registerWorkflow(
  async (requestId: string): Promise<string> => {
    const successorId = nextRunId(DBOS.workflowID!);
    const begun = await runStep("begin", () => beginWriting(workerContext(), requestId));
    if (begun !== "writing" && begun !== "checking") return begun;
    let next = await runStep("write", () => writeOnce(workerContext(), requestId, successorId));
    while (next === "again") {
      next = await runStep("repair", () => writeOnce(workerContext(), requestId, successorId));
    }
    if (next !== "submit") return next;
    return runStep("submit", () => submitWritten(workerContext(), requestId));
  },
  { name: "write_draft" },
);
