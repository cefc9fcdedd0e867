import { classNames } from "@/components/ui/class-names";
import type { PromotionState } from "@/lib/insights/promotion/get-promotion";
import { STATE_LOOKS, STATE_WORDS } from "./promotion-words";

/** What has become of a promotion. */
export const StateBadge = ({ state }: { state: PromotionState }) => (
  <span
    className={classNames(
      "inline-block rounded px-1.5 py-0.5 font-medium text-xs whitespace-nowrap",
      STATE_LOOKS[state],
    )}
  >
    {STATE_WORDS[state]}
  </span>
);
