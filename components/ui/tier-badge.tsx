import { ArrowDown, ArrowUp, Ban, Minus } from "lucide-react";
import type { Tier } from "@/lib/drafts/types";
import { classNames } from "./class-names";

const LOOKS = {
  low: { icon: ArrowDown, word: "Low", className: "bg-good-soft text-good" },
  medium: { icon: Minus, word: "Medium", className: "bg-warn-soft text-warn" },
  high: { icon: ArrowUp, word: "High", className: "bg-bad-soft text-bad" },
  prohibited: { icon: Ban, word: "Prohibited", className: "bg-bad-soft text-bad" },
};

/** The tier by shape, word and colour, so that no one of them is needed. */
export function TierBadge({ tier }: { tier: Tier }) {
  const { icon: Icon, word, className } = LOOKS[tier];
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1 rounded px-1.5 py-0.5 font-medium text-xs",
        className,
      )}
    >
      <Icon aria-hidden="true" className="size-3" strokeWidth={2.5} />
      {word}
    </span>
  );
}
