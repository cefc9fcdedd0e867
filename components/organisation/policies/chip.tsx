import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

const LOOKS = {
  plain: "bg-surface text-muted",
  good: "border-transparent bg-good-soft text-good",
  warn: "border-transparent bg-warn-soft text-warn",
};

/** One word about a policy, set off. */
export function Chip({ look = "plain", children }: { look?: keyof typeof LOOKS; children: ReactNode }) {
  return (
    <span
      className={classNames(
        "inline-block rounded border px-1.5 py-px text-2xs whitespace-nowrap",
        LOOKS[look],
      )}
    >
      {children}
    </span>
  );
}
