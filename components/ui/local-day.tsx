"use client";

import { useEffect, useState } from "react";
import { formatUtc } from "./format-time";

const format = (at: string, timeZone?: string) =>
  new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone }).format(
    new Date(at),
  );

/** The day of an instant in the reader's own zone, which only the browser knows: until then in UTC. */
export function LocalDay({ at }: { at: string }) {
  const [text, setText] = useState(() => format(at, "UTC"));
  useEffect(() => setText(format(at)), [at]);
  return (
    <time dateTime={at} title={formatUtc(at)} className="tabular whitespace-nowrap">
      {text}
    </time>
  );
}
