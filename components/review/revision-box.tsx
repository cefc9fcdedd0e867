import { MessageSquareReply } from "lucide-react";
import Link from "next/link";
import { formatLabel } from "@/components/ui/format-value";
import { HostileText } from "@/components/ui/hostile-text";
import { LocalDay } from "@/components/ui/local-day";
import type { Revision } from "@/lib/drafts/types";
import { type ChangeContext, FieldChanges } from "./field-changes";
import { LongText } from "./long-text";

/** What this draft answers: what its approver asked for, and what the agent changed, field by field. */
export function RevisionBox({ revision, context }: { revision: Revision; context: ChangeContext }) {
  const { draftId, askedBy, askedAt, comment, fields, differences } = revision;
  return (
    <section
      aria-label="Revision"
      className="mb-2.5 space-y-1 rounded-md border border-accent/40 bg-accent-soft px-2.5 py-1.5 text-sm"
    >
      <p className="flex items-start gap-1.5 text-xs">
        <MessageSquareReply aria-hidden="true" className="mt-px size-3.5 shrink-0 text-accent" />
        <span>
          <span className="font-medium">{askedBy ?? "Somebody"}</span> asked for changes to{" "}
          <Link
            href={`/inbox/${draftId}`}
            prefetch={false}
            className="font-medium text-accent underline underline-offset-2"
          >
            the former draft
          </Link>
          {askedAt && (
            <>
              {", "}
              <LocalDay at={askedAt} />
            </>
          )}
          .
        </span>
      </p>
      {comment && (
        <blockquote className="border-accent border-l-2 pl-2">
          <LongText text={comment} />
        </blockquote>
      )}
      {fields.length > 0 && (
        <p className="text-xs">
          Asked for:{" "}
          {fields.map((path, at) => (
            <span key={path}>
              {at > 0 && ", "}
              <HostileText text={labelOf(path)} />{" "}
              {differences.some((change) => change.path === path || change.path.startsWith(`${path}/`)) ? (
                <span className="text-good">(changed)</span>
              ) : (
                <span className="font-medium text-warn">(not changed)</span>
              )}
            </span>
          ))}
        </p>
      )}
      {differences.length === 0 ? (
        <p className="font-medium text-warn text-xs">The payload is the same as before.</p>
      ) : (
        <>
          <p className="font-medium text-xs">
            The agent changed {differences.length} {differences.length === 1 ? "field" : "fields"}:
          </p>
          <FieldChanges changes={differences} context={context} />
        </>
      )}
    </section>
  );
}

const labelOf = (path: string): string =>
  path
    .split("/")
    .slice(1)
    .map((part) => formatLabel(part.replaceAll("~1", "/").replaceAll("~0", "~")))
    .join(", ");
