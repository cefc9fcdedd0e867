import type { Change } from "@/lib/live/read-changes";

const WORDS: Record<string, string> = {
  "draft.approved": "approved",
  "draft.approval_added": "approved, and it waits for one more",
  "draft.edited": "edited and approved",
  "draft.rejected": "rejected",
  "draft.changes_requested": "sent back for changes",
  "draft.escalated": "escalated",
  "draft.expired": "expired",
  "draft.withdrawn": "withdrawn by the agent",
  "draft.decision_undone": "taken back",
  "draft.held_back": "held back to review",
  "draft.upheld": "upheld",
  "draft.overturned": "overturned",
};

/** What became of a draft, in a few words: "approved by Ben Okafor". */
export function happened({ verb, by }: Change): string {
  const words = WORDS[verb] ?? "no longer waits for you";
  return by ? `${words} by ${by.name}` : words;
}
