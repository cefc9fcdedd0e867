"use client";

import { useEffect, useState } from "react";

/** The reader's own time beside UTC; only the browser knows the zone, so it comes after the first paint. */
export function LocalTime({ at }: { at: string }) {
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    setText(
      new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" }).format(new Date(at)),
    );
  }, [at]);
  return text && <span className="tabular"> · here {text}</span>;
}
