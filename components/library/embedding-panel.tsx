import { LocalDay } from "@/components/ui/local-day";
import { Panel } from "@/components/ui/panel";
import type { EmbeddingProgress } from "@/lib/examples/get-embedding-progress";

const BUILTIN = /^builtin-/;
const count = (value: number) => value.toLocaleString("en-US");

/** By what examples are compared, how far a change of it has come, and what stands in its way. */
export function EmbeddingPanel({ progress }: { progress: EmbeddingProgress }) {
  const { embedder, active, total, done, lastError, since } = progress;
  const isThrough = done >= total;
  return (
    <Panel title="How likeness is found">
      <p className="text-sm [overflow-wrap:anywhere]">
        {BUILTIN.test(embedder) ? "By the built-in embedder" : "By an endpoint’s embeddings"}{" "}
        <code className="font-mono text-muted text-xs">{embedder}</code>
      </p>
      {isThrough ? (
        <p className="mt-0.5 text-muted text-xs">
          {total === 0 ? "There is nothing to embed yet." : "Every example is embedded."}
        </p>
      ) : (
        <>
          <progress
            aria-label="Examples embedded"
            max={total}
            value={done}
            className="mt-1.5 block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
          />
          <p className="mt-0.5 text-muted text-xs">
            <span className="tabular">
              {count(done)} of {count(total)}
            </span>{" "}
            embedded. A worker goes on in the background.
            {active !== embedder &&
              (BUILTIN.test(active)
                ? " Until then searches use the built-in embedder."
                : ` Until then searches use ${active}.`)}
          </p>
        </>
      )}
      {lastError && (
        <p className="mt-1.5 rounded-md bg-warn-soft px-2 py-1 text-warn text-xs [overflow-wrap:anywhere]">
          It gives no vectors
          {since && (
            <>
              {" "}
              since <LocalDay at={since} />
            </>
          )}
          : {lastError} What it misses is made up for once it answers.
        </p>
      )}
    </Panel>
  );
}
