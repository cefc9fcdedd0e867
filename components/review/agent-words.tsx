import { Bot } from "lucide-react";
import { HostileText } from "@/components/ui/hostile-text";
import type { ReviewScreen } from "@/lib/drafts/types";
import { LongText } from "./long-text";
import { NoteToApprover } from "./text-warnings";

/** What the agent says of its draft, set apart: nothing of it is approved, and nothing of it moves the tier. */
export function AgentWords({ draft }: { draft: ReviewScreen["draft"] }) {
  const { summary, reasoning, confidence, expectedOutcome } = draft;
  return (
    <figure
      aria-label="The agent's words"
      className="mt-2.5 rounded-md border border-dashed bg-sunken px-2.5 py-1.5 text-sm"
    >
      <figcaption className="flex items-center gap-1.5 text-muted text-xs">
        <Bot aria-hidden="true" className="size-3.5 shrink-0" />
        <span className="min-w-0">
          <span className="foreign font-medium">{draft.agent.name}</span> says
          {confidence !== null && `, ${Math.round(confidence * 100)}% sure`}; none of it counts for the tier
        </span>
      </figcaption>
      <blockquote className="mt-0.5 space-y-1 italic">
        <p>
          <HostileText text={summary} />
        </p>
        {reasoning && (
          <div className="text-muted">
            <LongText text={reasoning} />
          </div>
        )}
        {expectedOutcome && (
          <div className="text-muted">
            Expects: <LongText text={expectedOutcome} />
          </div>
        )}
      </blockquote>
      <NoteToApprover text={[summary, reasoning, expectedOutcome].filter(Boolean).join("\n")} />
    </figure>
  );
}
