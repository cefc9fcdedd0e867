import type { Context } from "@/lib/context";
import type { Database } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { type AskedEmbedder, EmbedderError } from "./ask-embedder";
import { embedTexts } from "./embed-texts";
import { endLease, noteAnswer, noteFailure, takeLease } from "./embedder-lease";
import { embeddingText } from "./embedding-text";
import {
  listUnembeddedDrafts,
  listUnembeddedExamples,
  readEmbedInputs,
  type Unembedded,
} from "./list-unembedded";
import { redactionRulesOf } from "./redaction-rules";
import type { RemoteEmbedder } from "./remote-embedder";

/** In one request: the limits of endpoints are about tokens, and this is some 30,000. */
const AT_ONCE = 64;
/** Requests at the same time. */
const SIDE_BY_SIDE = 4;
/** A turn ends after this, so that a worker stops in time. */
const TURN_MS = 5_000;

/** Which worker embeds by what. */
export interface Backfill {
  remote: RemoteEmbedder;
  workerId: string;
  signal?: AbortSignal;
}

/**
 * One turn of giving drafts and examples the vectors of a remote embedder: what waits for a decision first, then the
 * library. One worker at a time; what it wrote stays, so any other goes on where it stopped. An endpoint that fails is
 * noted with its reason and left alone for a while. Resolves to how many it wrote.
 */
export async function backfillEmbeddings(
  ctx: Pick<Context, "db" | "policies">,
  backfill: Backfill,
): Promise<number> {
  const { db } = ctx;
  const { name } = backfill.remote;
  const endAt = performance.now() + TURN_MS;
  let written = 0;
  let leased = false;
  while (performance.now() < endAt && !backfill.signal?.aborted) {
    const missing = await listMissing(db, name);
    if (missing.length === 0) break;
    const lease = await takeLease(db, name, backfill.workerId);
    leased ||= lease !== null;
    const done = lease ? await embedMissing(ctx, backfill, lease.dimensions, missing) : 0;
    written += done;
    if (done === 0) break;
  }
  if (leased) await endLease(db, name, backfill.workerId);
  return written;
}

async function listMissing(db: Database, name: string): Promise<Unembedded[]> {
  const drafts = await listUnembeddedDrafts(db, name, AT_ONCE);
  return drafts.length > 0 ? drafts : listUnembeddedExamples(db, name, AT_ONCE * SIDE_BY_SIDE);
}

/** Resolves to how many got their vector; a failure of the endpoint is noted and not thrown. */
async function embedMissing(
  ctx: Pick<Context, "db" | "policies">,
  backfill: Backfill,
  dimensions: number | null,
  missing: Unembedded[],
): Promise<number> {
  const batches: Unembedded[][] = [];
  // How long its vectors are is to be known before several requests could bring different lengths.
  const most = dimensions === null ? AT_ONCE : missing.length;
  for (let from = 0; from < most; from += AT_ONCE) batches.push(missing.slice(from, from + AT_ONCE));
  const asked: AskedEmbedder = { remote: backfill.remote, dimensions, signal: backfill.signal };
  const results = await Promise.allSettled(batches.map((batch) => embedBatch(ctx, asked, batch)));
  let written = 0;
  let failure: EmbedderError | null = null;
  for (const result of results) {
    if (result.status === "fulfilled") written += result.value;
    else if (result.reason instanceof EmbedderError) failure = longer(failure, result.reason);
    else throw result.reason;
  }
  if (failure && !backfill.signal?.aborted) {
    console.error(`worker: embedding by ${backfill.remote.name} waits: ${failure.message}`);
    await noteFailure(ctx.db, backfill.remote.name, failure);
  }
  return failure ? 0 : written;
}

const longer = (one: EmbedderError | null, other: EmbedderError): EmbedderError =>
  one && (one.retryAfterMs ?? 0) >= (other.retryAfterMs ?? 0) ? one : other;

async function embedBatch(
  { db, policies }: Pick<Context, "db" | "policies">,
  asked: AskedEmbedder,
  batch: Unembedded[],
): Promise<number> {
  const inputs = await readEmbedInputs(
    db,
    batch.map(({ draft_id }) => draft_id),
  );
  const found = batch.flatMap((each) => {
    const input = inputs.get(each.draft_id);
    return input ? [{ ...each, input }] : [];
  });
  const texts = found.map(({ input }) =>
    embeddingText(input, redactionRulesOf(policies.get(input.actionType) ?? UNCOVERED)),
  );
  const vectors = await embedTexts(asked, texts);
  const length = vectors.find((vector) => vector !== null)?.length;
  if (length !== undefined) await noteAnswer(db, asked.remote.name, length);
  const values = vectors.map((vector) => vector && `[${Array.from(vector, (value) => value.toFixed(6))}]`);
  return write(
    db,
    asked.remote.name,
    batch[0]!.table,
    found.map(({ id }) => id),
    values,
  );
}

/** No policy says what may leave: the strictest. */
const UNCOVERED = { raw: {}, payloadSchema: {} } as unknown as Parameters<typeof redactionRulesOf>[0];

/**
 * A text that the endpoint refuses is marked as asked for, without a vector. A row that somebody has locked is left for
 * the next time: a decision under way must not wait, nor two wait for each other. Resolves to how many rows it wrote.
 */
function write(
  db: Database,
  name: string,
  table: Unembedded["table"],
  ids: string[],
  vectors: (string | null)[],
): Promise<number> {
  const given = sql`
    SELECT given.id, given.vector::halfvec AS vector FROM unnest(${ids}::text[], ${vectors}::text[]) AS given(id, vector)`;
  return db.run(
    table === "draft"
      ? sql`
        WITH free AS (SELECT id FROM draft WHERE id = ANY(${ids}::text[]) FOR NO KEY UPDATE SKIP LOCKED)
        UPDATE draft SET remote_embedder = ${name}, remote_embedding = given.vector
        FROM (${given}) AS given JOIN free ON free.id = given.id WHERE draft.id = given.id`
      : sql`
        WITH free AS (SELECT id FROM example WHERE id = ANY(${ids}::text[]) FOR NO KEY UPDATE SKIP LOCKED)
        UPDATE example SET remote_embedder = ${name}, remote_embedding = given.vector
        FROM (${given}) AS given JOIN free ON free.id = given.id WHERE example.id = given.id`,
  );
}
