import Link from "next/link";
import type { ReviewScreen } from "@/lib/drafts/types";

/** Says when this draft answers a request for changes, or has been answered by another. */
export function RevisionLinks({ draft }: { draft: ReviewScreen["draft"] }) {
  if (!draft.revisesId && !draft.revisedById) return null;
  const link = "font-medium text-accent underline underline-offset-2";
  return (
    <p className="px-4 pb-2 text-sm">
      {draft.revisesId && (
        <>
          It revises{" "}
          <Link className={link} href={`/inbox/${draft.revisesId}`}>
            the draft that changes were asked for
          </Link>
          .{" "}
        </>
      )}
      {draft.revisedById && (
        <>
          The agent has answered with{" "}
          <Link className={link} href={`/inbox/${draft.revisedById}`}>
            a revised draft
          </Link>
          .
        </>
      )}
    </p>
  );
}
