import type { Context } from "@/lib/context";
import { backfillEmbeddings } from "@/lib/examples/backfill-embeddings";
import { BUILTIN_EMBEDDER } from "@/lib/examples/embedder-builtin";
import { adoptEmbedder } from "@/lib/examples/embedder-lease";
import { configuredEmbedder } from "@/lib/examples/remote-embedder";
import { renewBuiltinVectors } from "@/lib/examples/renew-builtin-vectors";
import { tendEmbeddingIndex } from "@/lib/examples/tend-embedding-index";
import { repeat } from "./repeat";

/**
 * Keeps drafts and library embedded, as long as this worker runs: by the endpoint that is configured, a second after a
 * submission at most, and by the built-in embedder of this version. `stop` breaks off a request under way.
 */
export function startEmbedding(
  ctx: Pick<Context, "db" | "policies">,
  workerId: string,
): { stop(): Promise<void> } {
  const { db } = ctx;
  const remote = configuredEmbedder();
  const stopping = new AbortController();
  let adopted = false;
  const embed = async () => {
    if (!adopted) {
      await renewBuiltinVectors(db);
      await adoptEmbedder(db, remote?.name ?? BUILTIN_EMBEDDER);
      adopted = true;
    }
    if (remote) await backfillEmbeddings(ctx, { remote, workerId, signal: stopping.signal });
  };
  const loops = [
    repeat("embedding", 1_000, embed),
    repeat("renewal of built-in vectors", 60_000, () => renewBuiltinVectors(db)),
    repeat("care for the index of vectors", 10_000, () => tendEmbeddingIndex(db, workerId)),
  ];
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}
