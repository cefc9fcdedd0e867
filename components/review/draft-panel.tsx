import { Bot, Globe, RotateCcw, ShieldAlert, TriangleAlert, Undo2, Users } from "lucide-react";
import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { HostileText } from "@/components/ui/hostile-text";
import { Panel } from "@/components/ui/panel";
import { diffPayloads } from "@/lib/drafts/diff-payloads";
import type { ReviewScreen } from "@/lib/drafts/types";
import { readPointer } from "@/lib/policy/pointer";
import { type PayloadField, payloadFields } from "./payload-model";
import { PayloadFields } from "./payload-view";

/** What is decided on: the payload itself, and what follows either way. The agent's words are set apart below. */
export function DraftPanel({ screen }: { screen: ReviewScreen }) {
  const { draft } = screen;
  const isEdited =
    draft.decidedPayload !== null && diffPayloads(draft.payload, draft.decidedPayload).length > 0;
  const fields = payloadFields(draft.decidedPayload ?? draft.payload, {
    schema: screen.payloadSchema,
    currency: draft.currency,
    amountFrom: screen.attributes.amount_from,
    blastRadiusFrom: screen.attributes.blast_radius_from,
  });
  return (
    <Panel
      title="Draft"
      aside={
        <span className="inline-flex items-center gap-1">
          SHA-256 <code className="font-mono">{draft.payloadHash.slice(0, 10)}</code>
          <CopyButton text={draft.payloadHash} label="Copy the payload's hash" />
        </span>
      }
    >
      {isEdited && (
        <p className="mb-2 text-muted text-xs">
          As it was edited and approved. What changed stands under Outcome.
        </p>
      )}
      <PayloadFields fields={moneyFirst(fields)} />
      <Consequences screen={screen} />
      <AgentWords screen={screen} />
    </Panel>
  );
}

/** The amount is what people look for first. */
function moneyFirst(fields: PayloadField[]): PayloadField[] {
  return [...fields.filter(({ kind }) => kind === "money"), ...fields.filter(({ kind }) => kind !== "money")];
}

function Consequences({ screen }: { screen: ReviewScreen }) {
  const { attributes, executor, draft } = screen;
  const blastRadius = attributes.blast_radius_from
    ? readPointer(draft.payload, attributes.blast_radius_from)
    : undefined;
  const isAgent = executor === "agent";
  return (
    <div className="mt-2.5 border-t pt-2 text-sm">
      <dl className="grid grid-cols-[5.5rem_1fr] gap-x-3 gap-y-0.5">
        <dt className="text-muted">If approved</dt>
        <dd>
          {isAgent
            ? `${draft.agent.name} carries out exactly this payload, once.`
            : "Exactly this payload is sent out to be carried out, once."}
        </dd>
        <dt className="text-muted">If rejected</dt>
        <dd>Nothing is executed. The agent gets your reason.</dd>
      </dl>
      <ul className="mt-1.5 flex flex-wrap gap-1.5">
        {attributes.reversible === true && <Trait icon={<Undo2 />}>Can be undone</Trait>}
        {attributes.reversible === false && (
          <Trait icon={<TriangleAlert />} tone="bad">
            Cannot be undone
          </Trait>
        )}
        {attributes.reversible === undefined && (
          <Trait icon={<RotateCcw />} tone="warn">
            Not known whether it can be undone
          </Trait>
        )}
        {attributes.external && (
          <Trait icon={<Globe />} tone="warn">
            Reaches people outside
          </Trait>
        )}
        {attributes.data_sensitivity && attributes.data_sensitivity !== "none" && (
          <Trait icon={<ShieldAlert />} tone={attributes.data_sensitivity === "internal" ? "calm" : "warn"}>
            {`${attributes.data_sensitivity[0]?.toUpperCase()}${attributes.data_sensitivity.slice(1)} data`}
          </Trait>
        )}
        {blastRadius !== undefined && (
          <Trait icon={<Users />} tone="warn">
            {`Affects ${Array.isArray(blastRadius) ? blastRadius.length : String(blastRadius)}`}
          </Trait>
        )}
      </ul>
    </div>
  );
}

const TONES = { calm: "text-muted", warn: "text-warn", bad: "text-bad" };

function Trait({
  icon,
  tone = "calm",
  children,
}: {
  icon: ReactNode;
  tone?: keyof typeof TONES;
  children: ReactNode;
}) {
  return (
    <li
      className={`inline-flex items-center gap-1 rounded border px-1.5 py-0.5 text-xs [&>svg]:size-3 ${TONES[tone]}`}
    >
      {icon}
      {children}
    </li>
  );
}

function AgentWords({ screen: { draft } }: { screen: ReviewScreen }) {
  return (
    <figure className="mt-2.5 rounded-md border border-dashed bg-sunken px-2.5 py-1.5 text-sm">
      <figcaption className="flex items-center gap-1.5 text-muted text-xs">
        <Bot aria-hidden="true" className="size-3.5" />
        <span>
          In the agent's words; no say in the tier
          {draft.confidence !== null && `. Its confidence: ${Math.round(draft.confidence * 100)} %`}
        </span>
      </figcaption>
      <blockquote className="mt-0.5 space-y-1">
        <p>
          <HostileText text={draft.summary} />
        </p>
        {draft.reasoning && (
          <p className="text-muted">
            <HostileText text={draft.reasoning} />
          </p>
        )}
        {draft.expectedOutcome && (
          <p className="text-muted">
            Expects: <HostileText text={draft.expectedOutcome} />
          </p>
        )}
      </blockquote>
    </figure>
  );
}
