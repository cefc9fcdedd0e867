"use client";

import { memo, useDeferredValue, useMemo, useRef, useState } from "react";
import { Panel } from "@/components/ui/panel";
import { countFound } from "@/components/ui/text-parts";
import type { EvidenceView } from "@/lib/drafts/types";
import { EvidenceItem } from "./evidence-item";
import { lengthOf, searchTextOf } from "./evidence-model";
import { FindField } from "./find-field";
import { useFound } from "./use-found";

/** So much evidence is open at first; what comes after is folded and says how long it is. */
const OPEN_CHARACTERS = 1_700;
/** From here on it is long enough to look for something in it. */
const LONG_CHARACTERS = 2_500;

/** What the draft was drawn from. All of it may be hostile: it is only ever drawn as text. */
export const EvidencePanel = memo(function EvidencePanel({
  evidence,
  marks,
}: {
  evidence: EvidenceView[];
  marks: string[];
}) {
  const [query, setQuery] = useState("");
  const find = useDeferredValue(query.trim());
  const list = useRef<HTMLUListElement>(null);
  const { count, current, step } = useFound(list, find);
  const { startsOpen, isLong } = useMemo(() => foldingOf(evidence), [evidence]);
  const holding = useMemo(
    () =>
      new Set(
        find === ""
          ? []
          : evidence
              .filter(({ title, content, url }) =>
                countFound(`${searchTextOf(title, content)}\n${url ?? ""}`, find, 1),
              )
              .map(({ position }) => position),
      ),
    [evidence, find],
  );
  return (
    <Panel
      title="Evidence"
      aside={
        evidence.length === 0 ? undefined : marks.length > 0 ? (
          <>
            <mark className="rounded-sm bg-accent-soft px-0.5 text-ink">marked</mark>: also in the payload
          </>
        ) : undefined
      }
    >
      {evidence.length === 0 && <p className="text-muted text-sm">The agent gave none.</p>}
      {isLong && (
        <FindField
          label="Find in the evidence"
          value={query}
          count={count}
          current={current}
          onChange={setQuery}
          onStep={step}
        />
      )}
      <ul ref={list} className="divide-y">
        {evidence.map((item) => (
          <li key={item.position} className="py-1.5 first:pt-0 last:pb-0">
            <EvidenceItem
              item={item}
              marks={marks}
              find={find}
              holds={holding.has(item.position)}
              startsOpen={startsOpen.has(item.position)}
            />
          </li>
        ))}
      </ul>
    </Panel>
  );
});

/** Which pieces are open at first: the first one, and what fits below it. */
function foldingOf(evidence: EvidenceView[]): { startsOpen: Set<number>; isLong: boolean } {
  const startsOpen = new Set<number>();
  let used = 0;
  let all = 0;
  evidence.forEach(({ position, content }, index) => {
    const characters = lengthOf(content)?.characters ?? 0;
    all += characters;
    if (index > 0 && used + characters > OPEN_CHARACTERS) return;
    used += characters;
    startsOpen.add(position);
  });
  return { startsOpen, isLong: all > LONG_CHARACTERS };
}
