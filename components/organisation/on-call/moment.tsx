"use client";

import { formatInstant } from "./local-days";
import { useViewerZone } from "./use-viewer-zone";

/** An instant on the viewer's own clock. */
export function Moment({ at }: { at: Date }) {
  const zone = useViewerZone();
  return (
    <time
      dateTime={at.toISOString()}
      title={`${at.toISOString().slice(0, 16).replace("T", " ")} UTC`}
      className="tabular"
    >
      {formatInstant(at, zone)}
    </time>
  );
}
