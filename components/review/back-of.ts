import { lastBatch } from "@/components/batch/last-batch";
import { lastHistory } from "@/components/history/last-history";
import type { View } from "@/components/workspace/view";

/** Where an item was opened from. */
export type Origin = Pick<View, "queue" | "from">;

/** Where an item leads back to: the page that it was opened from, or the list of its queue. */
export function backOf({ queue, from }: Origin, draftId: string): { path: string; label: string } {
  if (from === "history") return { path: lastHistory(), label: "Back to the history" };
  if (from === "batch") return { path: lastBatch(draftId), label: "Back to the batch" };
  return { path: `/inbox?${new URLSearchParams({ queue })}`, label: "Back to the list" };
}
