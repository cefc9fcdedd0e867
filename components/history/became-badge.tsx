import {
  AlertTriangle,
  Ban,
  Check,
  CheckCheck,
  CornerUpLeft,
  Hourglass,
  MessageSquareReply,
  Pencil,
  Undo2,
  X,
  Zap,
} from "lucide-react";
import type { Became } from "./became";

const LOOKS: Record<Became, { icon: typeof Check; word: string; className: string }> = {
  approved: { icon: Check, word: "Approved", className: "bg-good-soft text-good" },
  edited: { icon: Pencil, word: "Edited", className: "bg-accent-soft text-accent" },
  rejected: { icon: X, word: "Rejected", className: "bg-bad-soft text-bad" },
  changes_requested: { icon: MessageSquareReply, word: "Changes asked", className: "bg-warn-soft text-warn" },
  automatic: { icon: Zap, word: "By itself", className: "bg-sunken text-muted" },
  upheld: { icon: CheckCheck, word: "Upheld", className: "bg-good-soft text-good" },
  overturned: { icon: Undo2, word: "Overturned", className: "bg-bad-soft text-bad" },
  expired: { icon: Hourglass, word: "Expired", className: "bg-warn-soft text-warn" },
  withdrawn: { icon: CornerUpLeft, word: "Withdrawn", className: "bg-sunken text-muted" },
  blocked: { icon: Ban, word: "Blocked", className: "bg-bad-soft text-bad" },
  failed: { icon: AlertTriangle, word: "Failed", className: "bg-bad-soft text-bad" },
};

/** What became of a draft, by sign, word and colour. */
export function BecameBadge({ became }: { became: Became }) {
  const { icon: Icon, word, className } = LOOKS[became];
  return (
    <span
      className={`inline-flex items-center gap-1 whitespace-nowrap rounded px-1.5 py-0.5 font-medium text-xs ${className}`}
    >
      <Icon aria-hidden="true" className="size-3" strokeWidth={2.5} />
      {word}
    </span>
  );
}
