import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";

/**
 * The workflows there are, by the name their definition registers, with their arguments.
 * This file is a leaf: the web tier reaches the worker through it and never loads a workflow.
 */
export interface Workflows {
  /** Carries out an approved draft by webhook. */
  execute_draft: [draftId: string];
  /** The SLA timer of one escalation level of a pending draft. */
  escalate_draft: [draftId: string, level: number];
  /** Tells the agent's callback_url that its draft was decided. */
  deliver_callback: [draftId: string, event: string];
}

/** The queue each workflow runs on. */
export const QUEUE_OF: Record<keyof Workflows, string> = {
  execute_draft: "executions",
  escalate_draft: "timers",
  deliver_callback: "callbacks",
};

/** Changes only when a workflow's steps change, so that a deploy never strands work in flight. */
export const APPLICATION_VERSION = "1";
export const APPLICATION_NAME = "countersign";

/**
 * Enqueues a workflow inside the caller's transaction: it runs if and only if the transaction commits, once per `id`,
 * and not before `delayUntil` where that is given. Nothing to wait for: a failure fails the transaction.
 */
export function enqueueWorkflow<Name extends keyof Workflows>(
  tx: Transaction,
  name: Name,
  workflow: { id: string; args: Workflows[Name]; delayUntil?: Date },
): void {
  const args = workflow.args.map((argument) => JSON.stringify(argument));
  tx.send(sql`
    SELECT dbos.enqueue_workflow(
      workflow_name => ${name}, queue_name => ${QUEUE_OF[name]}, positional_args => ${args}::json[],
      workflow_id => ${workflow.id}, app_version => ${APPLICATION_VERSION},
      delay_until_epoch_ms => ${workflow.delayUntil?.getTime() ?? null}::bigint,
      application_name => ${APPLICATION_NAME})`);
}
