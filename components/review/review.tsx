import type { ReviewScreen } from "@/lib/drafts/types";
import { AgentRecordPanel } from "./agent-record-panel";
import type { Origin } from "./back-of";
import { CheckLine } from "./check-line";
import { DraftPanel } from "./draft-panel";
import { amountPointer } from "./drawing-hints";
import { EvidencePanel } from "./evidence-panel";
import { OutcomePanel } from "./outcome-panel";
import { payloadMarks } from "./payload-marks";
import { PolicyPanel } from "./policy-panel";
import { PrecedentsPanel } from "./precedents-panel";
import { ReviewHeader } from "./review-header";
import { RevisionLinks } from "./revision-links";
import { WhyPanel } from "./why-panel";

const COLUMN = "contents min-w-0 grid-cols-[minmax(0,1fr)] gap-2.5 lg:grid";

/** Where the payload is long to read it gets the room, else the evidence does. */
const WIDE_DRAFT = "lg:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)_minmax(0,0.95fr)]";
const WIDE_EVIDENCE = "lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1.15fr)]";
const LONG_CHARACTERS = 250;

const hasLongText = (payload: Record<string, unknown>): boolean =>
  Object.values(payload).some((value) => typeof value === "string" && value.length > LONG_CHARACTERS);

/** Evidence that leaves room under it, in characters of JSON. */
const SHORT_CHARACTERS = 1_200;

const isShort = (evidence: ReviewScreen["evidence"]): boolean =>
  evidence.reduce((length, { content }) => length + (JSON.stringify(content)?.length ?? 0), 0) <
  SHORT_CHARACTERS;

/** Everything an approver looks at, on one screen: three columns on a laptop, one on a phone. */
export function Review({
  screen,
  queue,
  from,
  serverNow,
}: Origin & { screen: ReviewScreen; serverNow: number }) {
  const { draft } = screen;
  const isWide = hasLongText(draft.decidedPayload ?? draft.payload);
  const columns = isWide ? WIDE_DRAFT : WIDE_EVIDENCE;
  // Where there is room for them without scrolling.
  const precedentsUnderEvidence = isWide || isShort(screen.evidence);
  const precedents = (
    <div className="order-5 min-w-0 lg:order-none">
      <PrecedentsPanel
        precedents={screen.precedents}
        seen={screen.precedentsSeen}
        currency={screen.draft.currency}
        schema={screen.payloadSchema}
        amountFrom={amountPointer(screen.attributes, screen.payloadSchema)}
        serverNow={serverNow}
      />
    </div>
  );
  return (
    <>
      <ReviewHeader screen={screen} queue={queue} from={from} serverNow={serverNow} />
      <RevisionLinks draft={screen.draft} />
      <CheckLine check={screen.check} />
      {/* Three columns on a laptop. Below that one, in the order that somebody with a phone reads. */}
      <div className={`grid grid-cols-[minmax(0,1fr)] items-start gap-2.5 px-3 pb-3 sm:px-4 ${columns}`}>
        <div className={COLUMN}>
          <OutcomePanel screen={screen} />
          <DraftPanel screen={screen} />
          {!precedentsUnderEvidence && precedents}
        </div>
        <div className={COLUMN}>
          <WhyPanel screen={screen} serverNow={serverNow} />
          <div className="order-4 min-w-0 lg:order-none">
            <PolicyPanel policy={screen.policy} />
          </div>
          <div className="order-6 min-w-0 lg:order-none">
            {!screen.imported && <AgentRecordPanel agent={screen.draft.agent} record={screen.agentRecord} />}
          </div>
        </div>
        <div className={COLUMN}>
          <EvidencePanel evidence={screen.evidence} marks={payloadMarks(screen.draft.payload)} />
          {precedentsUnderEvidence && precedents}
        </div>
      </div>
    </>
  );
}
