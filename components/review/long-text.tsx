"use client";

import { memo, useState } from "react";
import { HostileText } from "@/components/ui/hostile-text";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { withKeys } from "@/components/ui/with-keys";
import { excerptsOf } from "./evidence-model";

const SHOWN = 1_000;
const SHOWN_LINES = 14;
/** A page of a text that is drawn when asked for. */
const PAGE = 50_000;
const MOST_EXCERPTS = 50;

/**
 * Text as written; a long one is folded, says how long it is, and is only drawn when it is unfolded. While something is
 * sought, a long one shows the places that hold it.
 */
export const LongText = memo(function LongText({
  text,
  marks = [],
  find = "",
}: {
  text: string;
  marks?: readonly string[];
  find?: string;
}) {
  const [pages, setPages] = useState(0);
  const isShort = text.length <= SHOWN && countLines(text, SHOWN_LINES + 1) <= SHOWN_LINES;
  if (isShort) return <HostileText text={text} marks={marks} find={find} />;
  if (find !== "") return <Excerpts text={text} find={find} />;
  const shown = text.slice(0, pages * PAGE);
  const rest = text.length - shown.length;
  const button = "mt-0.5 block font-medium text-accent text-xs hover:underline";
  return pages === 0 ? (
    <>
      <HostileText text={headOf(text)} marks={marks} />…
      <button type="button" aria-expanded={false} className={button} onClick={() => setPages(1)}>
        Show all {howLong(text)}
      </button>
    </>
  ) : (
    <>
      <ScrollRegion label="Full text" className="max-h-96 overflow-auto">
        <HostileText text={shown} marks={marks} />
        {rest > 0 && (
          <button type="button" className={button} onClick={() => setPages(pages + 1)}>
            Show {Math.min(PAGE, rest).toLocaleString("en-US")} of {rest.toLocaleString("en-US")} more
            characters
          </button>
        )}
      </ScrollRegion>
      <button type="button" aria-expanded className={button} onClick={() => setPages(0)}>
        Fold {howLong(text)}
      </button>
    </>
  );
});

function Excerpts({ text, find }: { text: string; find: string }) {
  const excerpts = excerptsOf(text, find, MOST_EXCERPTS);
  if (excerpts.length === 0) return <p className="text-muted text-xs">{howLong(text)}, not in them</p>;
  return (
    <ScrollRegion label="Places found" className="max-h-96 overflow-auto">
      <ol className="divide-y text-xs">
        {withKeys(excerpts).map(({ key, value }) => (
          <li key={key} className="flex gap-2 py-0.5">
            <span className="tabular shrink-0 text-muted" title={`Line ${value.line}`}>
              {value.line}
            </span>
            <span className="min-w-0">
              <HostileText text={value.text} find={find} />
            </span>
          </li>
        ))}
      </ol>
    </ScrollRegion>
  );
}

const headOf = (text: string): string =>
  text
    .slice(0, SHOWN)
    .split("\n")
    .slice(0, SHOWN_LINES - 4)
    .join("\n")
    .slice(0, SHOWN - 300);

function howLong(text: string): string {
  const lines = countLines(text, Number.POSITIVE_INFINITY);
  const characters = `${text.length.toLocaleString("en-US")} characters`;
  return lines > 1 ? `${characters}, ${lines.toLocaleString("en-US")} lines` : characters;
}

function countLines(text: string, most: number): number {
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0 && lines < most; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}
