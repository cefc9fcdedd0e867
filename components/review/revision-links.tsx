import Link from "next/link";
import type { ReviewScreen } from "@/lib/drafts/types";

/** Says while a draft is still open that another has answered it; what it answers itself stands in the draft's panel. */
export function RevisionLinks({ draft }: { draft: ReviewScreen["draft"] }) {
  if (!draft.revisedById || draft.status === "changes_requested") return null;
  return (
    <p className="px-4 pb-2 text-sm">
      The agent has answered with{" "}
      <Link
        className="font-medium text-accent underline underline-offset-2"
        href={`/inbox/${draft.revisedById}`}
      >
        a revised draft
      </Link>
      .
    </p>
  );
}
