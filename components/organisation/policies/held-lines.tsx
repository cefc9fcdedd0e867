import { Hand } from "lucide-react";
import Link from "next/link";
import type { OpenHold } from "@/lib/holds/list-open-holds";

/** The holds in force on one action type, with the way to where they are released. */
export function HeldLines({ holds }: { holds: OpenHold[] }) {
  if (holds.length === 0) return null;
  return (
    <ul aria-label="Holds in force" className="mt-1.5 space-y-1">
      {holds.map((hold) => (
        <li
          key={hold.id}
          className="flex items-start gap-1.5 rounded bg-warn-soft px-2 py-1 text-sm text-warn"
        >
          <Hand aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
          <span className="min-w-0 break-words">
            <Link href="/organisation/holds" className="relative font-medium underline underline-offset-2">
              Held back to review
            </Link>
            {hold.rule !== null && ` (rule “${hold.rule}”)`}: {hold.reason}
          </span>
        </li>
      ))}
    </ul>
  );
}
