import { createHash } from "node:crypto";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EmbeddedDatabase } from "./start-embedded";
import { TestDatabases } from "./test-databases";

const databases = new TestDatabases();
let database: EmbeddedDatabase;
const connect = () => databases.connect(database.url);

beforeAll(async () => {
  database = await databases.start();
  const client = await connect();
  await client.query("create table note (id serial primary key, body text not null)");
});
afterAll(() => databases.close());

async function countNotes(client: pg.Client, body: string): Promise<number> {
  const { rows } = await client.query("select count(*)::int from note where body = $1", [body]);
  return rows[0].count;
}

test("six pooled clients and a long transaction: each of 900 replies belongs to its query", async () => {
  const pool = databases.pool(database.url, 6);
  const long = await connect();
  let finished = 0;
  const asked = Array.from({ length: 900 }, async (_, n) => {
    const sql = `select $1::int as n, md5($2) as digest, ${n} as literal`;
    const { rows } = await pool.query(sql, [n, `q${n}`]);
    finished += 1;
    const digest = createHash("md5").update(`q${n}`).digest("hex");
    return expect(rows).toEqual([{ n, digest, literal: n }]);
  });
  for (let round = 0; round < 5; round++) {
    await long.query("begin");
    const before = finished;
    for (let n = 0; n < 20; n++) {
      const { rows } = await long.query("select $1::int as n, $2::text as who", [n, "long"]);
      expect(rows).toEqual([{ n, who: "long" }]);
    }
    // At most the six that were answered, but not yet counted, when the transaction began.
    expect(finished - before).toBeLessThanOrEqual(6);
    await long.query("commit");
  }
  await Promise.all(asked);
});

test("a client that dies in a transaction is rolled back and blocks nobody", async () => {
  const dying = await connect();
  const other = await connect();
  await dying.query("begin");
  await dying.query("insert into note (body) values ('never')");
  const waiting = countNotes(other, "never");
  // biome-ignore lint/suspicious/noExplicitAny: the socket is not in pg's types
  (dying as any).connection.stream.destroy();
  expect(await waiting).toBe(0);
});

test("the same statement name on two clients means two statements, also after one has left", async () => {
  const [one, two] = [await connect(), await connect()];
  const ask = (client: pg.Client, text: string) => client.query({ name: "same", text, values: [7] });
  for (let round = 0; round < 3; round++) {
    expect((await ask(one, "select $1::int + 1 as n")).rows).toEqual([{ n: 8 }]);
    expect((await ask(two, "select $1::int * 10 as n")).rows).toEqual([{ n: 70 }]);
  }
  await one.end();
  expect((await ask(two, "select $1::int * 10 as n")).rows).toEqual([{ n: 70 }]);
  const left = await two.query("select count(*)::int as n from pg_prepared_statements");
  expect(left.rows).toEqual([{ n: 1 }]);
});

test("DISCARD ALL and DEALLOCATE ALL leave the other clients' statements alone", async () => {
  const [one, two] = [await connect(), await connect()];
  const ask = (client: pg.Client) => client.query({ name: "kept", text: "select 5 as n" });
  await ask(one);
  await two.query("discard all");
  await two.query("deallocate all");
  expect((await ask(one)).rows).toEqual([{ n: 5 }]);
});

test("after an error the same client goes on, and a failed transaction can be rolled back", async () => {
  const client = await connect();
  await expect(client.query("select 1 / $1::int", [0])).rejects.toThrow("division by zero");
  expect((await client.query("select $1::int as n", [1])).rows).toEqual([{ n: 1 }]);
  await client.query("begin");
  await expect(client.query("selec")).rejects.toThrow("syntax error");
  await expect(client.query("select $1::int", [1])).rejects.toMatchObject({ code: "25P02" });
  await client.query("rollback");
  expect((await client.query("select 2 as n")).rows).toEqual([{ n: 2 }]);
});

test("session settings stay with the client that made them", async () => {
  const [one, two] = [await connect(), await connect()];
  const workMem = async (client: pg.Client) => (await client.query("show work_mem")).rows[0].work_mem;
  const usual = await workMem(two);
  await one.query("set work_mem = '8MB'");
  expect(await workMem(two)).toBe(usual);
  expect(await workMem(one)).toBe("8MB");
  await one.query("begin");
  await one.query("select set_config('work_mem', '9MB', false)");
  await one.query("rollback");
  await two.query("set time zone 'Asia/Tokyo'");
  expect(await workMem(one)).toBe("8MB");
  expect((await one.query("show timezone")).rows).toEqual([{ TimeZone: "UTC" }]);
  await one.end();
  expect(await workMem(two)).toBe(usual);
  const given = await databases.connect(`${database.url}?options=-c%20work_mem%3D7MB`);
  expect(await workMem(given)).toBe("7MB");
});

test("COPY FROM STDIN is an error that harms nobody", async () => {
  const client = await connect();
  await expect(client.query("copy note from stdin")).rejects.toMatchObject({ code: "0A000" });
  expect((await client.query("select 1 as n")).rows).toEqual([{ n: 1 }]);
});

test("another database than the one there is is refused by name", async () => {
  const wrong = databases.connect(database.url.replace(/postgres$/, "shop"));
  await expect(wrong).rejects.toThrow('database "shop" does not exist');
});

test("vectors are compared, and a parameter of two megabytes goes both ways", async () => {
  const client = await connect();
  await client.query("create extension if not exists vector");
  const { rows } = await client.query("select $1::vector <=> $2::vector as distance", ["[1,0]", "[0,1]"]);
  expect(rows).toEqual([{ distance: 1 }]);
  const large = "évidence ".repeat(250_000);
  expect((await client.query("select $1::text as t", [large])).rows[0].t).toBe(large);
});

describe("with a short idle-in-transaction timeout", () => {
  test("who leaves a transaction open is rolled back and told so, and the others go on", async () => {
    const impatient = await databases.start({ idleInTransactionMs: 200 });
    const idle = await databases.connect(impatient.url);
    const other = await databases.connect(impatient.url);
    const told = new Promise<Error>((resolve) => idle.on("error", resolve));
    await other.query("create table note (body text)");
    await idle.query("begin");
    await idle.query("insert into note values ('left open')");
    expect(await countNotes(other, "left open")).toBe(0);
    expect(await told).toMatchObject({ code: "25P03" });
  });
});
