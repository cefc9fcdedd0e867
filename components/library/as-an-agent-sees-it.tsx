import { CopyButton } from "@/components/ui/copy-button";
import { HostileText } from "@/components/ui/hostile-text";
import { Panel } from "@/components/ui/panel";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { withKeys } from "@/components/ui/with-keys";
import type { ExampleView } from "@/lib/examples/get-example";

/** What stands where something is left out, as lib/examples writes it. */
const MARKS = /(\[(?:redacted|email|phone|card|iban|id)\])/;

/** Exactly what `GET /api/v1/examples` answers of it, and by which rules it was redacted. */
export function AsAnAgentSeesIt({ example }: { example: ExampleView }) {
  const { told, redact, inPrompts } = example;
  if (!told) {
    return (
      <Panel title="As an agent sees it">
        <p className="text-muted text-sm">
          Not at all: no policy covers its action type, and so nobody says what of it is to be redacted.
        </p>
      </Panel>
    );
  }
  const text = JSON.stringify(told, null, 2);
  return (
    <Panel
      title="As an agent sees it"
      aside={
        <span className="inline-flex items-center gap-1">
          {told.use === "avoid" ? "as what not to do" : "as one to follow"}
          <CopyButton text={text} label="Copy what an agent sees" />
        </span>
      }
    >
      {inPrompts !== "yes" && (
        <p className="mb-1.5 rounded-md bg-warn-soft px-2 py-1 text-sm text-warn">
          No agent sees it now. This is what one would see.
        </p>
      )}
      <ScrollRegion
        label="The example as JSON"
        className="max-h-[36rem] overflow-auto rounded-md border bg-sunken px-2.5 py-1.5"
      >
        <pre className="whitespace-pre-wrap font-mono text-xs [overflow-wrap:anywhere]">
          {withKeys(text.split(MARKS)).map(({ key, value }) =>
            MARKS.test(value) ? (
              <mark key={key} className="rounded-sm bg-warn-soft px-0.5 text-warn">
                {value}
              </mark>
            ) : (
              <HostileText key={key} text={value} />
            ),
          )}
        </pre>
      </ScrollRegion>
      <p className="mt-1.5 text-muted text-xs">
        <Rules redact={redact} /> Contact details are always masked, and identifiers in summary and reason.
      </p>
    </Panel>
  );
}

function Rules({ redact }: { redact: string[] | null }) {
  if (redact === null) {
    return (
      <>
        The policy in force does not say what to redact, so the subject’s id and all that looks like an
        identifier is left out.
      </>
    );
  }
  if (redact.length === 0) return <>The policy in force redacts nothing of the payload.</>;
  return (
    <>
      The policy in force redacts{" "}
      {redact.map((path, index) => (
        <span key={path}>
          {index > 0 && ", "}
          {path === "subject" ? "the subject’s id" : <code className="font-mono">{path}</code>}
        </span>
      ))}
      , wherever the same values stand.
    </>
  );
}
