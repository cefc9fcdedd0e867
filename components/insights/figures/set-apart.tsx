import type { Figures } from "@/lib/insights/figures/types";
import { formatCount } from "./format-figures";

/** What is in none of the figures above, and why. */
export function SetApart({
  figures: { imported, checks },
  asOf,
}: {
  figures: Figures;
  /** As of when today is counted; null for now. */
  asOf: string | null;
}) {
  const parts = [
    imported > 0 ? `${formatCount(imported)} imported from elsewhere` : null,
    checks > 0 ? `${formatCount(checks)} that checked attention` : null,
  ].filter((part) => part !== null);
  return (
    <p className="text-muted text-xs">
      {parts.length > 0 && `Not counted above: ${parts.join(", ")}. `}
      {asOf && `Today is counted as of ${asOf.slice(11, 19)} UTC. `}Decisions that were taken back do not
      count. What happens to a draft after the day of its decision, such as a late execution or an overturned
      sample, changes that day within a minute.
    </p>
  );
}
