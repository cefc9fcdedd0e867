"use client";

import { useId } from "react";
import { HostileText } from "@/components/ui/hostile-text";
import { TextArea } from "@/components/ui/text-area";
import type { BatchItem } from "@/lib/drafts/batch/types";

/** A reason for each of some drafts; those left empty get the one for all. */
export function ReasonFields({
  items,
  reasons,
  isAsked,
  onChange,
  onSubmitKey,
}: {
  items: BatchItem[];
  reasons: Record<string, string>;
  /** They were asked to fill in what is missing. */
  isAsked: boolean;
  onChange: (reasons: Record<string, string>) => void;
  onSubmitKey: () => void;
}) {
  const base = useId();
  const ofAll = (reasons.all ?? "").trim();
  return (
    <div className="flex flex-col gap-2.5">
      <div>
        <label htmlFor={`${base}-all`} className="mb-1 block font-medium text-sm">
          {items.length === 1 ? "Reason" : "Reason for all"}
        </label>
        <TextArea
          id={`${base}-all`}
          rows={2}
          maxLength={5000}
          value={reasons.all ?? ""}
          aria-invalid={isAsked && missingReasons(items, reasons).length > 0}
          onChange={(event) => onChange({ ...reasons, all: event.target.value })}
          onSubmitKey={onSubmitKey}
        />
      </div>
      {items.length > 1 && (
        <details className="text-sm">
          <summary className="font-medium text-accent">A reason of its own for some of them</summary>
          <div className="mt-2 flex flex-col gap-2">
            {items.map(({ id, subject, summary }) => (
              <div key={id}>
                <label htmlFor={`${base}-${id}`} className="mb-0.5 block truncate text-xs">
                  <span className="font-medium">
                    <HostileText text={subject.id} oneLine />
                  </span>{" "}
                  <span className="text-muted italic">
                    <HostileText text={summary} oneLine />
                  </span>
                </label>
                <TextArea
                  id={`${base}-${id}`}
                  rows={1}
                  maxLength={5000}
                  placeholder={ofAll ? "As for all" : undefined}
                  value={reasons[id] ?? ""}
                  onChange={(event) => onChange({ ...reasons, [id]: event.target.value })}
                  onSubmitKey={onSubmitKey}
                />
              </div>
            ))}
          </div>
        </details>
      )}
      {isAsked && missingReasons(items, reasons).length > 0 && (
        <p role="alert" className="text-bad text-xs">
          Say why in a few words: the agents and later approvers learn from it.
        </p>
      )}
    </div>
  );
}

/** The reason that a draft goes with. */
export const reasonOf = (id: string, reasons: Record<string, string>): string =>
  (reasons[id] ?? "").trim() || (reasons.all ?? "").trim();

export const missingReasons = (items: readonly BatchItem[], reasons: Record<string, string>): BatchItem[] =>
  items.filter(({ id }) => reasonOf(id, reasons) === "");
