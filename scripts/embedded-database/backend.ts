import { PGlite } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { cstring, errorText, framesOf, queryFrame } from "./wire";

/** The one PostgreSQL backend of this process. Not re-entrant: the gateway gives it out in turns. */
export interface Backend {
  /** What the server tells a client that has just connected, up to the first ReadyForQuery. */
  greeting: Buffer;
  /** Runs protocol messages and returns the bytes PostgreSQL answers. */
  exec(messages: Buffer): Promise<Buffer>;
  /** Runs SQL of the gateway's own and returns each row's first column; throws on an SQL error. */
  query(sql: string): Promise<string[]>;
  /** Writes the shutdown checkpoint and closes. */
  close(): Promise<void>;
}

/** How PostgreSQL leaves a statement that failed; every other exception means that it is dead. */
const LONGJMP_STATUS = 100;

/**
 * Opens the cluster in `clusterDir` (recovered from its WAL after a crash).
 * `onCrash` is called when the backend can no longer be trusted (a WASM trap, a PANIC) and must end
 * the process: PGlite itself would swallow the trap and answer nothing for ever.
 */
export async function openBackend(clusterDir: string, onCrash: (reason: string) => never): Promise<Backend> {
  let lastLog = "";
  const onStderr = (line: string) => {
    if (/\b(FATAL|PANIC)\b/.test(line)) lastLog = line;
    return false;
  };
  let db: PGlite;
  try {
    db = await PGlite.create(clusterDir, { extensions: { vector }, onStderr });
  } catch (error) {
    const reason = lastLog.replace(/^.*?(?=FATAL|PANIC)/, "") || String(error);
    throw new Error(
      `the database in ${clusterDir} cannot be opened (${reason}). Restore it from a backup, or move it away to start empty`,
      { cause: error },
    );
  }

  const postgres = db.Module as unknown as { _PostgresMainLoopOnce(): void };
  const mainLoopOnce = postgres._PostgresMainLoopOnce;
  postgres._PostgresMainLoopOnce = () => {
    try {
      mainLoopOnce();
    } catch (error) {
      if ((error as { status?: number }).status === LONGJMP_STATUS) throw error;
      onCrash(lastLog || String(error));
    }
  };

  async function exec(messages: Buffer): Promise<Buffer> {
    const chunks: Buffer[] = [];
    try {
      await db.execProtocolRawStream(messages, {
        syncToFs: false,
        onRawData: (bytes) => chunks.push(Buffer.from(bytes)),
      });
    } catch (error) {
      onCrash(lastLog || String(error));
    }
    return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
  }

  const greeting = await exec(startupPacket());
  // The first query after it repeats the parameters; no client should get them unasked.
  await exec(queryFrame("select 1"));

  return {
    greeting,
    exec,
    async query(sql) {
      const rows: string[] = [];
      for (const [type, body] of framesOf(await exec(queryFrame(sql)))) {
        if (type === "E") throw new Error(errorText(body));
        if (type === "D") rows.push(body.toString("utf8", 6, 6 + Math.max(0, body.readInt32BE(2))));
      }
      return rows;
    },
    close: () => db.close(),
  };
}

function startupPacket(): Buffer {
  const body = ["user", "postgres", "database", "postgres", ""].map(cstring);
  const length = 8 + body.reduce((sum, part) => sum + part.length, 0);
  const head = Buffer.alloc(8);
  head.writeInt32BE(length, 0);
  head.writeInt32BE(3 << 16, 4);
  return Buffer.concat([head, ...body]);
}
