import type { Transaction } from "@/lib/db/database";
import { type Statement, sql } from "@/lib/db/sql";

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
  /** Has the built-in drafter write and submit the draft of one request. */
  write_draft: [requestId: string];
  /** Opens the pull request of an accepted promotion. */
  open_pull_request: [promotionId: string];
}

/** The queue each workflow runs on. */
export const QUEUE_OF: Record<keyof Workflows, string> = {
  execute_draft: "executions",
  escalate_draft: "timers",
  deliver_callback: "callbacks",
  write_draft: "drafting",
  open_pull_request: "callbacks",
};

/** Changes only when a workflow's steps change, so that a deploy never strands work in flight. */
export const APPLICATION_VERSION = "1";
export const APPLICATION_NAME = "countersign";

/** What to enqueue: it runs once per `id`, and not before `delayUntil` where that is given. */
interface Run<Name extends keyof Workflows> {
  id: string;
  args: Workflows[Name];
  delayUntil?: Date;
}

/** The statement that enqueues a workflow, for those who write and enqueue in one. */
export function enqueueing<Name extends keyof Workflows>(name: Name, run: Run<Name>): Statement {
  const args = run.args.map((argument) => JSON.stringify(argument));
  return sql`
    SELECT dbos.enqueue_workflow(
      workflow_name => ${name}, queue_name => ${QUEUE_OF[name]}, positional_args => ${args}::json[],
      workflow_id => ${run.id}, app_version => ${APPLICATION_VERSION},
      delay_until_epoch_ms => ${run.delayUntil?.getTime() ?? null}::bigint,
      application_name => ${APPLICATION_NAME})`;
}

/**
 * Enqueues a workflow inside the caller's transaction: it runs if and only if the transaction commits. Nothing to wait
 * for: a failure fails the transaction.
 */
export const enqueueWorkflow = <Name extends keyof Workflows>(
  tx: Transaction,
  name: Name,
  run: Run<Name>,
): void => tx.send(enqueueing(name, run));
