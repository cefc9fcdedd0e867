"use client";

import Link from "next/link";
import type { Finding, FindingKind } from "@/lib/insights/quarter/types";
import { intervalWords, rateWords } from "../attention/figure-words";

const TITLES: Record<FindingKind, { title: string; meaning: string }> = {
  overturned: {
    title: "Runs by itself, and was overturned",
    meaning: "People looked afterwards and said that it should not have happened.",
  },
  lease: { title: "Permissions that end", meaning: "What was promoted runs by itself for a time only." },
  hold: { title: "Old holds", meaning: "A hold is a brake, and no policy." },
  unassigned: {
    title: "Asked for, and nobody answers for it",
    meaning: "A new kind of action cannot happen before somebody has written a policy for it.",
  },
  promotable: {
    title: "Always approved",
    meaning: "People look at each of these, and change next to nothing.",
  },
  promotable_part: {
    title: "Always approved, up to a limit",
    meaning: "Within it people change next to nothing; beyond it they refuse some.",
  },
  unlooked: {
    title: "Runs by itself, and nobody looks",
    meaning: "Without a sample there is no telling whether it is still right.",
  },
  lapses: { title: "Not decided in time", meaning: "More than one in twenty, beyond doubt." },
  refused_agent: {
    title: "Agents that are often refused",
    meaning: "More than one in five, beyond doubt.",
  },
  disagreement: {
    title: "People who see it otherwise",
    meaning: "Of what ran by itself they overturn more than one in ten, beyond doubt.",
  },
  unused: { title: "Rules that decided nothing", meaning: "Each rule more makes a policy harder to read." },
};

/** The findings of one kind; each can be marked as looked at. */
export function FindingGroup({
  kind,
  findings,
  looked,
  toggle,
}: {
  kind: FindingKind;
  findings: readonly Finding[];
  looked: ReadonlySet<string>;
  toggle: ((id: string) => void) | null;
}) {
  const { title, meaning } = TITLES[kind];
  return (
    <section aria-label={title} className="break-inside-avoid">
      <h2 className="font-semibold text-sm">{title}</h2>
      <p className="mb-1.5 text-muted text-xs">{meaning}</p>
      <ul className="divide-y divide-line rounded-lg border bg-surface">
        {findings.map(({ id, what, sentence, rate, todo }) => (
          <li key={id} className="flex items-start gap-3 px-3 py-2.5">
            {toggle && (
              <input
                type="checkbox"
                aria-label={`Looked at: ${what}`}
                checked={looked.has(id)}
                onChange={() => toggle(id)}
                className="mt-1 shrink-0 accent-accent"
              />
            )}
            <div className="min-w-0 flex-1">
              <p className="break-words font-medium text-sm">{what}</p>
              <p className="max-w-3xl text-sm">{sentence}</p>
              <Link
                href={todo.href}
                className="mt-0.5 inline-block font-medium text-accent text-sm hover:underline"
              >
                {todo.label}
              </Link>
            </div>
            {rate && (
              <p className="tabular shrink-0 text-right text-sm" title={`${rate.count} of ${rate.of}`}>
                {rateWords(rate)}
                <span className="block text-muted text-2xs">{intervalWords(rate)}</span>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
