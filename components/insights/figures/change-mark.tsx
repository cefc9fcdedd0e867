import { ArrowDown, ArrowUp } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import { changeOf } from "@/lib/insights/figures/rate";
import type { Rate } from "@/lib/insights/figures/types";
import { formatPoints } from "./format-figures";

/** How a share has moved since the period before; nothing where either has few cases. Loud only beyond chance. */
export function ChangeMark({
  now,
  before,
  onlyBeyondChance = false,
}: {
  now: Rate | null;
  before: Rate | null;
  /** Say nothing of what chance alone could do. */
  onlyBeyondChance?: boolean;
}) {
  const change = changeOf(now, before);
  if (!change || Math.abs(change.points) < 0.0005) return null;
  if (onlyBeyondChance && !change.isBeyondChance) return null;
  const Arrow = change.points > 0 ? ArrowUp : ArrowDown;
  return (
    <span
      title={change.isBeyondChance ? "More than chance would do" : "Chance alone could do this"}
      className={classNames(
        "inline-flex items-center gap-0.5 whitespace-nowrap text-2xs",
        change.isBeyondChance ? "font-semibold text-ink" : "text-muted",
      )}
    >
      <Arrow aria-hidden="true" className="size-3" />
      {formatPoints(change.points)}
      <span className="sr-only">
        {change.isBeyondChance ? ", more than chance would do," : ", which chance alone could do,"} since the
        period before
      </span>
    </span>
  );
}
