import { Hand } from "lucide-react";
import Link from "next/link";
import type { OpenHold } from "@/lib/holds/list-open-holds";

const MOST = 3;

/** Says above the queue what is held back to review now, and why; nothing while nothing is. */
export function HoldLine({ holds }: { holds: OpenHold[] }) {
  if (holds.length === 0) return null;
  const named = holds.slice(0, MOST).map(({ what, reason }) => `${what} (${reason})`);
  const more = holds.length - named.length;
  return (
    <p className="flex items-start gap-2 border-b bg-warn-soft px-3 py-1.5 text-sm text-warn sm:px-4">
      <Hand aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
      <span className="line-clamp-2 min-w-0 break-words">
        <Link href="/organisation/holds" className="font-medium underline underline-offset-2">
          Held back to review
        </Link>
        : {named.join("; ")}
        {more > 0 && ` and ${more} more`}
      </span>
    </p>
  );
}
