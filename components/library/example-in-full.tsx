import Link from "next/link";
import type { ReactNode } from "react";
import { amountPointer } from "@/components/review/drawing-hints";
import { FieldChanges } from "@/components/review/field-changes";
import { payloadFields } from "@/components/review/payload-model";
import { PayloadFields } from "@/components/review/payload-view";
import { HostileText } from "@/components/ui/hostile-text";
import { LocalDay } from "@/components/ui/local-day";
import { Panel } from "@/components/ui/panel";
import type { ExampleView } from "@/lib/examples/get-example";
import { inPromptsWords } from "./library-words";

/** An example as people may read it: what was decided, by whom and why, and whether it teaches. */
export function ExampleInFull({ example }: { example: ExampleView }) {
  const { schema, attributes } = example.drawnBy;
  const amountFrom = amountPointer(attributes, schema);
  const fields = payloadFields(example.finalPayload, {
    schema,
    currency: example.currency,
    amountFrom,
    blastRadiusFrom: attributes.blast_radius_from,
  });
  return (
    <div className="grid min-w-0 gap-3">
      <Panel title="Decision">
        <p className="text-sm">
          <HostileText text={example.summary} />
        </p>
        {example.reason && (
          <blockquote className="mt-1.5 border-l-2 pl-2.5 text-sm">
            <span className="foreign whitespace-pre-wrap">
              <HostileText text={example.reason} />
            </span>
          </blockquote>
        )}
        <dl className="mt-2 grid grid-cols-[minmax(5.5rem,max-content)_1fr] gap-x-3 gap-y-1 text-sm">
          <Fact label="Decided">
            by {example.decidedBy ?? "somebody"}, <LocalDay at={example.decidedAt} />
            {example.imported && ", elsewhere: it was imported"}
          </Fact>
          <Fact label="Drafted by">
            <HostileText text={example.agentName} />
          </Fact>
          <Fact label="About">
            {example.subject.type} <HostileText text={example.subject.id} />
          </Fact>
          <Fact label="Policy">
            <code className="font-mono text-xs">{example.policyVersionId}</code>
            <span className="text-muted">
              {example.isCurrentPolicy ? ", in force" : ", a former version"}
            </span>
          </Fact>
          <Fact label="Draft">
            <Link
              href={`/inbox/${example.draftId}`}
              prefetch={false}
              className="text-accent underline-offset-2 hover:underline"
            >
              Open the draft
            </Link>
          </Fact>
          <Fact label="In prompts">
            <span className={example.inPrompts === "yes" ? undefined : "text-warn"}>
              {inPromptsWords(example.inPrompts)}
            </span>
            <Withdrawal example={example} />
          </Fact>
        </dl>
      </Panel>
      {example.changes.length > 0 && (
        <Panel title="What was changed">
          <FieldChanges
            changes={example.changes}
            context={{ schema, currency: example.currency, amountFrom }}
          />
        </Panel>
      )}
      <Panel
        title={
          example.outcome === "approved" || example.outcome === "edited" ? "Payload" : "Payload, not approved"
        }
      >
        <PayloadFields fields={fields} />
      </Panel>
    </div>
  );
}

function Withdrawal({ example: { withdrawal, overturned } }: { example: ExampleView }) {
  if (!withdrawal) return null;
  const { at, by, reason } = withdrawal;
  return (
    <span className="mt-0.5 block text-muted text-xs">
      {at ? (
        <>
          {by ?? "Countersign"} withdrew it, <LocalDay at={at} />
        </>
      ) : (
        <>{by ?? "Somebody"} had withdrawn it; it was put back since</>
      )}
      {reason && (
        <>
          : “<HostileText text={reason} />”
        </>
      )}
      {at && overturned && " It was overturned afterwards, so it stays withdrawn."}
    </span>
  );
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <>
    <dt className="text-muted">{label}</dt>
    <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
  </>
);
