import { QUEUES, type Queue } from "@/lib/drafts/types";

/** The queue that a query parameter names; the batch queue for anything else. */
export function readQueue(value: unknown): Queue {
  return QUEUES.find((queue) => queue === value) ?? "batch";
}
