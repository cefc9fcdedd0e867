import { Lightbulb } from "lucide-react";
import type { AttentionHint } from "@/lib/insights/attention/find-hints";

/** What is worth a thought. */
export function HintList({ hints }: { hints: readonly AttentionHint[] }) {
  if (hints.length === 0) return null;
  return (
    <ul className="max-w-3xl space-y-0.5 text-sm">
      {hints.map(({ kind, sentence }) => (
        <li key={kind} className="flex gap-1.5">
          <Lightbulb aria-hidden="true" className="mt-0.5 size-3.5 shrink-0 text-accent" />
          <span>{sentence}</span>
        </li>
      ))}
    </ul>
  );
}
