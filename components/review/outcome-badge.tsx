import { Check, MessageSquareReply, Pencil, X } from "lucide-react";
import type { Outcome } from "@/lib/drafts/types";

const LOOKS = {
  approved: { icon: Check, word: "Approved", className: "bg-good-soft text-good" },
  edited: { icon: Pencil, word: "Edited", className: "bg-accent-soft text-accent" },
  rejected: { icon: X, word: "Rejected", className: "bg-bad-soft text-bad" },
  changes_requested: { icon: MessageSquareReply, word: "Changes asked", className: "bg-warn-soft text-warn" },
};

/** What was decided, by sign, word and colour. */
export function OutcomeBadge({ outcome, word }: { outcome: Outcome; word?: string }) {
  const { icon: Icon, word: usual, className } = LOOKS[outcome];
  return (
    <span
      className={`inline-flex shrink-0 items-center gap-1 whitespace-nowrap rounded px-1.5 py-px font-medium text-xs ${className}`}
    >
      <Icon aria-hidden="true" className="size-3" strokeWidth={2.5} />
      {word ?? usual}
    </span>
  );
}
