import { Check, MessageSquareReply, Pencil, X } from "lucide-react";
import type { BatchPrecedent } from "@/lib/drafts/batch/types";

const LOOKS = {
  approved: { icon: Check, word: "approved", className: "bg-good-soft text-good" },
  edited: { icon: Pencil, word: "edited and approved", className: "bg-accent-soft text-accent" },
  rejected: { icon: X, word: "rejected", className: "bg-bad-soft text-bad" },
  changes_requested: {
    icon: MessageSquareReply,
    word: "sent back",
    className: "bg-warn-soft text-warn",
  },
};

/** How the most similar past drafts were decided, nearest first. */
export function PrecedentDots({ precedents }: { precedents: BatchPrecedent[] }) {
  if (precedents.length === 0) return <span className="whitespace-nowrap text-muted text-xs">none yet</span>;
  return (
    <ol aria-label="Similar decisions, nearest first" className="flex gap-1">
      {precedents.map(({ exampleId, outcome, similarity, reason }) => {
        const { icon: Icon, word, className } = LOOKS[outcome];
        const words = `${word}, ${Math.round(similarity * 100)}% alike`;
        return (
          <li
            key={exampleId}
            title={reason ? `${words}: ${reason}` : words}
            className={`inline-flex size-5 items-center justify-center rounded-full ${className}`}
          >
            <Icon aria-hidden="true" className="size-3" strokeWidth={2.5} />
            <span className="sr-only">{words}</span>
          </li>
        );
      })}
    </ol>
  );
}
