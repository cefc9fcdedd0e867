import { PlugZap } from "lucide-react";

const SETTINGS = `DRAFTING_MODEL=gpt-4.1-mini
OPENAI_API_KEY=sk-…
# or a model on a machine of yours:
OPENAI_BASE_URL=http://localhost:11434/v1`;

/** Says that there is no model to write drafts, and how to set one up. */
export function NoModel({ isDemo }: { isDemo: boolean }) {
  return (
    <section aria-labelledby="no-model" className="rounded-lg border bg-surface px-4 py-4">
      <h2 id="no-model" className="flex items-center gap-2 font-medium">
        <PlugZap aria-hidden="true" className="size-4 text-warn" />
        No model is set up
      </h2>
      <p className="mt-1 text-muted text-sm">
        The drafter needs a language model, and this Countersign has none, so nobody can ask for a draft here.
        Agents submit drafts as before. Whoever runs the server sets these variables, for the web server and
        the worker, and starts both again:
      </p>
      <pre className="mt-2 overflow-x-auto rounded-md border bg-sunken px-3 py-2 font-mono text-xs leading-relaxed">
        {SETTINGS}
      </pre>
      <p className="mt-2 text-muted text-sm">
        Any endpoint that speaks OpenAI’s chat completions will do. What people type here, the records they
        attach and redacted examples from the library are sent to it; with a model of your own, nothing leaves
        your machines.
      </p>
      {isDemo && (
        <p className="mt-2 text-sm">
          To try it in this demo, stop it and start it again with{" "}
          <code className="rounded bg-sunken px-1 py-0.5 font-mono text-xs">
            DRAFTING_MODEL=… OPENAI_API_KEY=… npm start
          </code>
          . Everything in it stays.
        </p>
      )}
    </section>
  );
}
