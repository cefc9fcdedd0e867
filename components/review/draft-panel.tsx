import { useMemo } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { Panel } from "@/components/ui/panel";
import { diffPayloads } from "@/lib/drafts/diff-payloads";
import type { ReviewScreen } from "@/lib/drafts/types";
import { AgentWords } from "./agent-words";
import { amountPointer } from "./drawing-hints";
import { countsOf, drawsEvidence, type PayloadField, payloadFields } from "./payload-model";
import { PayloadFields } from "./payload-view";
import { RevisionBox } from "./revision-box";
import { HiddenWarning } from "./text-warnings";
import { textsOf } from "./texts-of";
import { Traits } from "./traits";

/** What is decided on: the payload itself, and what follows either way. The agent's words are set apart below. */
export function DraftPanel({ screen }: { screen: ReviewScreen }) {
  const { draft, attributes, payloadSchema, evidence } = screen;
  const payload = draft.decidedPayload ?? draft.payload;
  const fields = useMemo(
    () =>
      payloadFields(payload, {
        schema: payloadSchema,
        currency: draft.currency,
        amountFrom: amountPointer(attributes, payloadSchema),
        blastRadiusFrom: attributes.blast_radius_from,
        evidence,
      }),
    [payload, payloadSchema, draft.currency, attributes, evidence],
  );
  const hash = draft.decidedPayloadHash ?? draft.payloadHash;
  const isEdited = draft.decidedPayload !== null && diffPayloads(draft.payload, payload).length > 0;
  const context = {
    schema: payloadSchema,
    currency: draft.currency,
    amountFrom: amountPointer(attributes, payloadSchema),
  };
  return (
    <Panel
      title="Draft"
      aside={
        <span className="inline-flex items-center gap-1" title="Of the payload's canonical JSON">
          SHA-256 <code className="font-mono">{hash.slice(0, 10)}</code>
          <CopyButton text={hash} label="Copy the payload's hash" />
        </span>
      }
    >
      {screen.revision && <RevisionBox revision={screen.revision} context={context} />}
      <Traits attributes={attributes} payload={payload} counts={countsOf(fields)} />
      {isEdited && (
        <p className="mb-1.5 text-muted text-xs">
          As a person edited it. What they changed stands under Outcome.
        </p>
      )}
      <HiddenWarning text={textsOf(payload)} />
      <PayloadFields fields={moneyFirst(fields)} />
      {drawsEvidence(fields) && (
        <p className="mt-1 text-2xs text-muted">
          Struck out or muted: what the evidence says, not the payload.
        </p>
      )}
      {draft.status === "pending" && <Consequences screen={screen} />}
      <AgentWords draft={draft} />
    </Panel>
  );
}

/** The amount is what people look for first. */
function moneyFirst(fields: PayloadField[]): PayloadField[] {
  return [...fields.filter(({ kind }) => kind === "money"), ...fields.filter(({ kind }) => kind !== "money")];
}

function Consequences({ screen: { draft, executor, why } }: { screen: ReviewScreen }) {
  const missing = why.approvalsRequired - why.approvalsGiven;
  const who = executor === "agent" ? `${draft.agent.name} carries out` : "the webhook is sent";
  const first =
    missing > 1 ? `${missing - 1} more ${missing === 2 ? "approval is" : "approvals are"} needed, then ` : "";
  return (
    <p className="foreign mt-2 border-t pt-1.5 text-xs">
      <span className="font-medium">If approved,</span> {first}
      {who} exactly this, once. <span className="font-medium">If rejected,</span> nothing is executed, and the
      agent gets your reason.
    </p>
  );
}
