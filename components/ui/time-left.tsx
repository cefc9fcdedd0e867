"use client";

import { classNames } from "./class-names";
import { formatAge, formatTimeLeft, formatUtc } from "./format-time";
import { useNow } from "./use-now";

const TONES = { calm: "text-muted", soon: "text-warn font-medium", late: "text-bad font-semibold" };

/** What is left until a deadline, amber when near and red when over; the exact time is its title. */
export function TimeLeft({ dueAt, serverNow }: { dueAt: string; serverNow: number }) {
  const { text, tone } = formatTimeLeft(dueAt, useNow(serverNow));
  return (
    <time dateTime={dueAt} title={`Due ${formatUtc(dueAt)}`} className={classNames("tabular", TONES[tone])}>
      {text}
    </time>
  );
}

/** How long ago; the exact time is its title. */
export function Age({ at, serverNow }: { at: string; serverNow: number }) {
  return (
    <time dateTime={at} title={formatUtc(at)} className="tabular text-muted">
      {formatAge(at, useNow(serverNow))}
    </time>
  );
}
