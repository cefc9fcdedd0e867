import type { Queue } from "@/lib/drafts/types";

/** The queue that a query parameter names; the batch queue for anything else. */
export function readQueue(value: unknown): Queue {
  return value === "named" ? "named" : "batch";
}
