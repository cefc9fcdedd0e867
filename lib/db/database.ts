import type { Socket } from "node:net";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { readConfig } from "@/lib/config";
import { PrismaClient } from "@/prisma/generated/client";
import type { Statement } from "./sql";

/** What a verb may run a statement on: the pool (each statement its own transaction) or one transaction. */
export interface Queryable {
  /** Runs one statement and resolves to its rows. */
  rows<Row extends object>(statement: Statement): Promise<Row[]>;
  /** Runs one statement and resolves to its only row, or null when there is none. */
  row<Row extends object>(statement: Statement): Promise<Row | null>;
  /** Runs one statement and resolves to how many rows it touched. */
  run(statement: Statement): Promise<number>;
}

/** One Postgres: tagged SQL for guarded writes and hot lists, Prisma for everything that is neither. */
export interface Database extends Queryable {
  pool: pg.Pool;
  prisma: PrismaClient;
  /**
   * Runs `work` in one transaction: commits when it resolves, rolls back when it throws, and throws as well
   * when the server turned the commit into a rollback.
   */
  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** One open transaction. Statements sent without awaiting each other travel together and run in order. */
export interface Transaction extends Queryable {
  readonly inTransaction: true;
  /**
   * Sends a statement whose result nobody waits for. The last ones of a transaction travel with its COMMIT; when one
   * fails, nothing is committed and the transaction throws that failure.
   */
  send(statement: Statement): void;
}

type Runner = Pick<pg.ClientBase, "query">;

const queryable = (runner: Runner): Queryable => ({
  rows: async (statement) => (await runner.query(statement)).rows,
  row: async (statement) => (await runner.query(statement)).rows[0] ?? null,
  run: async (statement) => (await runner.query(statement)).rowCount ?? 0,
});

/**
 * Holds back what goes out until this turn of the event loop ends, so that the statements of one flight are one packet:
 * the server wakes up once for all of them.
 */
function inOnePacket(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/** "Current transaction is aborted": says nothing of why. */
const isAftermath = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === "25P02";

/**
 * As a start-up option, so that it costs no statement. Compiling pays for reports; here the planner takes it for lists
 * that stop early, whose estimated cost is that of reading everything, and it costs them a second each.
 */
function withoutJit(url: string): string {
  const parsed = new URL(url);
  parsed.searchParams.set("options", `${parsed.searchParams.get("options") ?? ""} -c jit=off`.trim());
  return parsed.toString();
}

/** Opens a database at `url` with at most `poolSize` connections. Connects on first use. */
export function openDatabase(url: string, poolSize = 10): Database {
  const pool = new pg.Pool({
    connectionString: withoutJit(url),
    max: poolSize,
    pipeline: true,
    connectionTimeoutMillis: 15_000,
    idleTimeoutMillis: 60_000,
    // A process that is paused in a transaction must not keep its locks for ever.
    idle_in_transaction_session_timeout: 15_000,
    application_name: "countersign",
  } as pg.PoolConfig);
  pool.on("error", (error) => console.error(`database: an idle connection was lost (${error.message})`));
  // A connection that dies between two statements of its holder says so here; unheard, it would end the process.
  pool.on("connect", (client) => client.on("error", () => {}));
  let prisma: PrismaClient | undefined;

  return {
    ...queryable(pool as unknown as Runner),
    pool,
    get prisma() {
      prisma ??= new PrismaClient({ adapter: new PrismaPg(pool) });
      return prisma;
    },
    async transaction(work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      // A connection that dies between two statements says so here; unheard, it would end the process.
      const onLost = (cause: Error) => {
        broken = cause;
      };
      client.on("error", onLost);
      // The first failure of any statement, whoever waits for it: nothing can be committed after it.
      let failure: Error | undefined;
      const query = (statement: Statement | string) => {
        inOnePacket(client);
        const result = client.query(statement as Statement);
        result.catch((cause: Error) => {
          failure ??= cause;
        });
        return result;
      };
      try {
        query("BEGIN");
        let result: Awaited<ReturnType<typeof work>>;
        try {
          result = await work({ ...queryable({ query } as Runner), send: query, inTransaction: true });
          if (failure) throw failure;
        } catch (error) {
          await client.query("ROLLBACK").catch((cause: Error) => {
            broken = cause;
          });
          throw isAftermath(error) ? (failure ?? error) : error;
        }
        const commit = await query("COMMIT").catch((cause: Error) => {
          broken = cause;
          throw failure ?? cause;
        });
        if (failure) throw failure;
        if (commit.command !== "COMMIT")
          throw new Error("the database rolled the transaction back at commit");
        return result;
      } finally {
        client.off("error", onLost);
        client.release(broken);
      }
    },
    async close() {
      await prisma?.$disconnect();
      await pool.end();
    },
  };
}

const shared = globalThis as { countersignDatabase?: Database };

/** The process's own database, from DATABASE_URL. One per process, also across hot reloads. */
export function getDatabase(): Database {
  if (!shared.countersignDatabase) {
    const { DATABASE_URL, DATABASE_POOL_SIZE } = readConfig();
    if (!DATABASE_URL) {
      throw new Error(
        "DATABASE_URL is not set. `npm start` sets it for the embedded database; see README.md.",
      );
    }
    shared.countersignDatabase = openDatabase(DATABASE_URL, DATABASE_POOL_SIZE);
  }
  return shared.countersignDatabase;
}
