"use client";

import { memo, useMemo } from "react";
import { classNames } from "@/components/ui/class-names";
import { formatMoney } from "@/components/ui/format-value";
import { HostileText } from "@/components/ui/hostile-text";
import { withKeys } from "@/components/ui/with-keys";
import type { FieldChange } from "@/lib/drafts/diff-payloads";
import { type DrawnChange, drawChange } from "./change-model";
import type { Schema } from "./drawing-hints";
import type { DiffPart } from "./word-diff";

/** What to draw values of a payload by. */
export interface ChangeContext {
  schema: Schema;
  currency: string | null;
  amountFrom?: string | undefined;
}

/** What changed, field by field: money as money, long texts by words, lists by what came and went. */
export const FieldChanges = memo(function FieldChanges({
  changes,
  context,
}: {
  changes: FieldChange[];
  context: ChangeContext;
}) {
  const drawn = useMemo(() => changes.map((change) => drawChange(change, context)), [changes, context]);
  return (
    <dl className="space-y-1 text-xs">
      {drawn.map((change) => (
        <div
          key={change.path}
          className={change.kind === "words" ? "" : "grid grid-cols-[minmax(5.5rem,max-content)_1fr] gap-x-3"}
        >
          <dt className="max-w-40 text-muted">
            <HostileText text={change.label} />
          </dt>
          <dd className="min-w-0">
            <Change change={change} currency={context.currency} />
          </dd>
        </div>
      ))}
    </dl>
  );
});

function Change({ change, currency }: { change: DrawnChange; currency: string | null }) {
  switch (change.kind) {
    case "money": {
      const say = (amount: number | null) => (amount === null ? null : formatMoney(amount, currency));
      return <BeforeAfter from={say(change.from)} to={say(change.to)} />;
    }
    case "values":
      return <BeforeAfter from={change.from} to={change.to} />;
    case "words":
      return <WordDiff parts={change.parts} isCode={change.isCode} />;
    case "items":
      return (
        <ul className="tabular flex flex-wrap gap-x-2">
          {withKeys(change.items).map(({ key, value }) => (
            <li key={key}>
              <DiffText part={value} />
            </li>
          ))}
        </ul>
      );
  }
}

/** A value and what replaces it; `null` is a field that is not there. */
export function BeforeAfter({ from, to }: { from: string | null; to: string | null }) {
  return (
    <span className="tabular">
      {from !== null && <DiffText part={{ text: from, kind: "removed" }} />}
      <span className="text-muted" aria-hidden="true">
        {from === null ? "added " : " → "}
      </span>
      {to === null ? (
        <span className="text-muted">left out</span>
      ) : (
        <DiffText part={{ text: to, kind: "added" }} />
      )}
    </span>
  );
}

const LONGEST_SAME = 160;
const KEPT = 60;

/** A text with what was taken out and put in; long stretches that stayed are folded. */
export function WordDiff({ parts, isCode = false }: { parts: DiffPart[]; isCode?: boolean }) {
  return (
    <p
      className={classNames(
        "foreign max-h-72 overflow-auto rounded-md border bg-sunken px-2 py-1 text-xs",
        isCode && "font-mono",
      )}
    >
      {withKeys(parts).map(({ key, value }) => (
        <DiffText
          key={key}
          part={value.kind === "same" ? { ...value, text: folded(value.text, key, parts.length) } : value}
        />
      ))}
    </p>
  );
}

function folded(text: string, at: number, count: number): string {
  if (text.length <= LONGEST_SAME) return text;
  const left = at === 0 ? "" : text.slice(0, KEPT);
  const right = at === count - 1 ? "" : text.slice(-KEPT);
  const missing = text.length - left.length - right.length;
  return `${left} … ${missing.toLocaleString("en-US")} characters the same … ${right}`;
}

export function DiffText({ part: { text, kind } }: { part: DiffPart }) {
  if (kind === "same") return <HostileText text={text} />;
  return kind === "removed" ? (
    <del className="rounded-sm bg-bad-soft px-0.5 text-bad">
      <HostileText text={text} />
    </del>
  ) : (
    <ins className="rounded-sm bg-good-soft px-0.5 text-good no-underline">
      <HostileText text={text} />
    </ins>
  );
}
