import pg from "pg";
import type { Database, Queryable, Transaction } from "@/lib/db/database";
import type { Statement } from "@/lib/db/sql";

/** Statements that travelled together, in order. */
export type Flight = (Statement | string)[];

/**
 * Runs `work` on a database that takes everything back afterwards, and answers the statements it sent with their
 * parameters, in the flights they went out in. Sent again as they are, they do what `work` would have done.
 */
export async function recordStatements(
  db: Database,
  work: (db: Database) => Promise<unknown>,
): Promise<Flight[]> {
  const client = await db.pool.connect();
  const flights: Flight[] = [];
  let answered = true;
  const note = (statement: Statement | string) => {
    if (answered) flights.push([]);
    answered = false;
    flights.at(-1)!.push(statement);
  };
  const query = async (statement: Statement) => {
    note(statement);
    const result = await client.query(statement);
    answered = true;
    return result;
  };
  const queryable: Queryable = {
    rows: async (statement) => (await query(statement)).rows,
    row: async (statement) => (await query(statement)).rows[0] ?? null,
    run: async (statement) => (await query(statement)).rowCount ?? 0,
  };
  const recording: Database = Object.assign(Object.create(db) as Database, queryable, {
    async transaction<Result>(inside: (tx: Transaction) => Promise<Result>): Promise<Result> {
      note("BEGIN");
      const result = await inside({
        ...queryable,
        send: (statement) => note(statement),
        inTransaction: true,
      });
      note("COMMIT");
      answered = true;
      return result;
    },
  });
  try {
    await client.query("BEGIN");
    await work(recording);
    return flights;
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}

/** The flights of many units of work, some recorded at a time. */
export async function recordAll<Item>(
  items: Item[],
  record: (item: Item) => Promise<Flight[]>,
): Promise<Flight[][]> {
  const units: Flight[][] = [];
  for (let from = 0; from < items.length; from += 8) {
    units.push(...(await Promise.all(items.slice(from, from + 8).map(record))));
  }
  return units;
}

/** Bare clients, and how to have one of them send recorded statements as fast as it can. */
export async function openBareClients(url: string, count: number) {
  const clients = await Promise.all(
    Array.from({ length: count }, async () => {
      const client = new pg.Client({ connectionString: url, pipeline: true } as pg.ClientConfig);
      await client.connect();
      return client;
    }),
  );
  return {
    async send(client: number, flights: Flight[]): Promise<void> {
      for (const flight of flights) {
        await Promise.all(flight.map((statement) => clients[client]!.query(statement as string)));
      }
    },
    close: () => Promise.all(clients.map((client) => client.end())),
  };
}
