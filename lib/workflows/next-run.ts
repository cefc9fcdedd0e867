const RUN = /^(.*):run:(\d+)$/;

/**
 * The id of the run that follows a run of a workflow: `execute:drf_1` → `execute:drf_1:run:1` → `execute:drf_1:run:2`.
 * It follows from the former id alone, so a run that a crash repeats enqueues the same successor, not a second one.
 */
export function nextRunId(workflowId: string): string {
  return `${RUN.exec(workflowId)?.[1] ?? workflowId}:run:${runNumber(workflowId) + 1}`;
}

/** How many runs of the workflow came before this one. */
export function runNumber(workflowId: string): number {
  return Number(RUN.exec(workflowId)?.[2] ?? 0);
}
