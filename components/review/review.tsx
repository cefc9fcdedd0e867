import type { Queue, ReviewScreen } from "@/lib/drafts/types";
import { AgentRecordPanel } from "./agent-record-panel";
import { DraftPanel } from "./draft-panel";
import { EvidencePanel } from "./evidence-panel";
import { OutcomePanel } from "./outcome-panel";
import { payloadMarks } from "./payload-marks";
import { PolicyPanel } from "./policy-panel";
import { PrecedentsPanel } from "./precedents-panel";
import { ReviewHeader } from "./review-header";
import { RevisionLinks } from "./revision-links";
import { WhyPanel } from "./why-panel";

/** Everything an approver looks at, on one screen: three columns on a laptop, one on a phone. */
export function Review({
  screen,
  queue,
  serverNow,
}: {
  screen: ReviewScreen;
  queue: Queue;
  serverNow: number;
}) {
  return (
    <>
      <ReviewHeader screen={screen} queue={queue} serverNow={serverNow} />
      <RevisionLinks draft={screen.draft} />
      <div className="grid items-start gap-2.5 px-3 pb-3 sm:px-4 md:grid-cols-2 xl:grid-cols-[1fr_1fr_1.15fr]">
        <div className="grid min-w-0 gap-2.5">
          <OutcomePanel screen={screen} />
          <DraftPanel screen={screen} />
          <AgentRecordPanel agent={screen.draft.agent} record={screen.agentRecord} />
        </div>
        <div className="grid min-w-0 gap-2.5">
          <WhyPanel screen={screen} serverNow={serverNow} />
          <PolicyPanel policy={screen.policy} />
        </div>
        <div className="grid min-w-0 gap-2.5 md:col-span-2 md:grid-cols-2 xl:col-span-1 xl:grid-cols-1">
          <EvidencePanel evidence={screen.evidence} marks={payloadMarks(screen.draft.payload)} />
          <PrecedentsPanel
            precedents={screen.precedents}
            currency={screen.draft.currency}
            serverNow={serverNow}
          />
        </div>
      </div>
    </>
  );
}
