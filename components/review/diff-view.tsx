"use client";

import { memo, useMemo, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { HostileText } from "@/components/ui/hostile-text";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { withKeys } from "@/components/ui/with-keys";
import { CodeLine } from "./code-line";
import type { Language } from "./drawing-hints";
import { parseUnifiedDiff, type UnifiedLine } from "./unified-diff";

const LOOKS: Record<UnifiedLine["kind"], string> = {
  added: "bg-good-soft",
  removed: "bg-bad-soft",
  place: "bg-sunken text-muted",
  file: "font-semibold text-muted",
  same: "",
};
const SIGNS: Partial<Record<UnifiedLine["kind"], { sign: string; word: string; look: string }>> = {
  added: { sign: "+", word: "added: ", look: "text-good" },
  removed: { sign: "−", word: "removed: ", look: "text-bad" },
};
const SHOWN = 200;

/** A unified diff: lines by sign, number and colour, the changed words of a line set off, in the file's own colours. */
export const DiffView = memo(function DiffView({
  text,
  language = null,
}: {
  text: string;
  language?: Language | null;
}) {
  const lines = useMemo(() => parseUnifiedDiff(text), [text]);
  const [isAll, setAll] = useState(false);
  const count = (kind: UnifiedLine["kind"]) => lines.filter((line) => line.kind === kind).length;
  const shown = isAll ? lines : lines.slice(0, SHOWN);
  const digits = String(Math.max(...shown.map(({ number }) => number ?? 0))).length;
  return (
    <figure className="overflow-hidden rounded-md border">
      <figcaption className="tabular flex gap-2 border-b bg-sunken px-2 py-0.5 text-muted text-xs">
        <span className="text-good">{count("added")} added</span>
        <span className="text-bad">{count("removed")} removed</span>
        {language && <span className="ml-auto">{language}</span>}
      </figcaption>
      <ScrollRegion
        label="Diff"
        className="max-h-80 overflow-auto py-0.5 font-mono text-xs leading-[1.125rem]"
      >
        {withKeys(shown).map(({ key, value }) => (
          <Line key={key} line={value} language={language} digits={digits} />
        ))}
        {shown.length < lines.length && (
          <button
            type="button"
            onClick={() => setAll(true)}
            className="w-full bg-sunken px-2 py-0.5 text-left font-medium font-sans text-accent"
          >
            Show all {lines.length.toLocaleString("en-US")} lines
          </button>
        )}
      </ScrollRegion>
    </figure>
  );
});

function Line({ line, language, digits }: { line: UnifiedLine; language: Language | null; digits: number }) {
  const { kind, text, number, parts } = line;
  if (kind === "file" || kind === "place") {
    return (
      <code className={classNames("block px-2", LOOKS[kind])}>
        <HostileText text={text} />
      </code>
    );
  }
  const sign = SIGNS[kind];
  return (
    <code className={classNames("flex min-h-[1.125rem] gap-1.5 px-2", LOOKS[kind])}>
      <span
        aria-hidden="true"
        className="shrink-0 select-none text-right text-muted"
        style={{ width: `${digits}ch` }}
      >
        {number}
      </span>
      <span
        aria-hidden="true"
        className={classNames("w-[1ch] shrink-0 select-none font-semibold", sign?.look)}
      >
        {sign?.sign}
      </span>
      <span className="min-w-0">
        {sign && <span className="sr-only">{sign.word}</span>}
        {parts ? (
          withKeys(parts).map(({ key, value }) =>
            value.changed ? (
              <span
                key={key}
                className={classNames(
                  "rounded-sm font-semibold underline decoration-2 underline-offset-2",
                  sign?.look,
                )}
              >
                <HostileText text={value.text} />
              </span>
            ) : (
              <CodeLine key={key} text={value.text} language={language} />
            ),
          )
        ) : (
          <CodeLine text={text} language={language} />
        )}
      </span>
    </code>
  );
}
