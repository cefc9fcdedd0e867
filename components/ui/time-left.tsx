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

/** How long ago; the exact time is its title. With `ago` as part of a sentence: "just now", "5 min ago". */
export function Age({ at, serverNow, ago = false }: { at: string; serverNow: number; ago?: boolean }) {
  const age = formatAge(at, useNow(serverNow));
  const inSentence = age === "now" ? "just now" : `${age} ago`;
  return (
    <time dateTime={at} title={formatUtc(at)} className="tabular text-muted">
      {ago ? inSentence : age}
    </time>
  );
}
